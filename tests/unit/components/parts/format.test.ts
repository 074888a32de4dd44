import { expect, test } from 'vitest'
import {
  formatCount,
  formatDuration,
  formatSince,
  formatSize,
  formatTimeOfDay,
  toFrameName,
  toOneLine,
  toPath,
} from '../../../../components/parts/format.ts'

test.each([
  [0, '0 B'],
  [-1, '0 B'],
  [Number.NaN, '0 B'],
  [999, '999 B'],
  [1_200, '1.2 kB'],
  [9_949, '9.9 kB'],
  [9_951, '10 kB'],
  [999_499, '999 kB'],
  [999_600, '1.0 MB'],
  [1_234_567, '1.2 MB'],
  [100_000_000, '100 MB'],
])('%d bytes read %s', (sizeBytes, text) => expect(formatSize(sizeBytes)).toBe(text))

test.each([
  [0, '0 ms'],
  [0.04, '0 ms'],
  [0.44, '0.4 ms'],
  [812.2, '812 ms'],
  [999.6, '1.00 s'],
  [3_240, '3.24 s'],
  [12_340, '12.3 s'],
  [59_996, '1 min 0 s'],
  [123_000, '2 min 3 s'],
  [3_900_000, '1 h 5 min'],
])('%d ms read %s', (ms, text) => expect(formatDuration(ms)).toBe(text))

test('time since the start keeps its digits in every range', () => {
  expect([812, 62_050, 3_602_050, -3].map(formatSince)).toEqual(['0.812 s', '1:02.050', '1:00:02.050', '0.000 s'])
})

test('time of day is local and has milliseconds', () => {
  expect(formatTimeOfDay(new Date(2026, 0, 2, 3, 4, 5, 6).getTime())).toBe('03:04:05.006')
  expect(formatTimeOfDay(Number.NaN)).toBe('–')
})

test('counts have commas', () => {
  expect([999, 4_120, 1_234_567].map(formatCount)).toEqual(['999', '4,120', '1,234,567'])
})

test('URLs shorten to what tells them apart', () => {
  expect(toPath('https://a.example/x/y?z=1#q')).toBe('/x/y?z=1')
  expect(toPath('nonsense')).toBe('nonsense')
  expect(toFrameName('https://b.example/e', 'https://a.example/')).toBe('b.example')
  expect(toFrameName('https://a.example/e?f=1', 'https://a.example/')).toBe('/e?f=1')
  expect(toFrameName('about:srcdoc', 'https://a.example/')).toBe('about:srcdoc')
})

test('text for one line shows its line ends and is cut', () => {
  expect(toOneLine('a\r\nb\tc')).toBe('a↵b→c')
  expect(toOneLine('abcdef', 3)).toBe('abc…')
})
