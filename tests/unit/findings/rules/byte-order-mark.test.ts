import { expect, test } from 'vitest'
import { events, fetched, found, only, placesOf } from '../streams.ts'

const RULE = 'byte-order-mark'

test('a byte order mark at the start is a hint', () => {
  const finding = only(RULE, fetched({ chunks: [[100, `\ufeff${events(2)}`]] }))
  expect(finding.severity).toBe('hint')
  expect(placesOf(finding)).toEqual([{ at: 'chunk', index: 0 }])
})

test('one inside the stream loses a line', () => {
  const finding = only(
    RULE,
    fetched({
      chunks: [
        [100, events(1)],
        [200, `\ufeff${events(1)}`],
      ],
    }),
  )
  expect(finding.severity).toBe('problem')
  expect(finding.sentence).toContain('1 line after the first begins with a byte order mark')
  expect(placesOf(finding)).toEqual([{ at: 'event', index: 1 }])
})

test('one inside data says nothing', () => {
  expect(found(RULE, fetched({ chunks: [[100, 'data: a\ufeffb\n\n']] }))).toEqual([])
})
