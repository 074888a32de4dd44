import { expect, test } from 'vitest'
import { figureRows, figuresText } from '../../../../components/timeline/figure-rows.ts'
import { createGaps } from '../../../../lib/timeline/gaps.ts'
import { chunk, dispatched, head, open } from '../../../helpers/stream-builders.ts'
import { connectionOf } from '../../session/connection-of.ts'

test('copied figures are a table with how each is computed', () => {
  const connection = connectionOf(open(), head(), chunk('data: a\n\n', { atMs: 250 }))
  const gaps = createGaps(connection.entries)
  gaps.update()
  const text = figuresText(figureRows({ connection, gaps, firstTextAtMs: null, durationMs: 400, selected: null }))
  const lines = text.split('\n').map((line) => line.split('\t'))
  expect(lines[0]).toEqual(['Figure', 'Whole', 'How'])
  expect(lines.every((cells) => cells.length === 3)).toBe(true)
  expect(lines.find(([name]) => name === 'First event (TTFE)')?.[1]).toBe('150 ms')
})

test('what an EventSource does not show is not made up', () => {
  const connection = connectionOf(open({ transport: 'eventsource' }), dispatched('abc', { atMs: 250 }))
  const gaps = createGaps(connection.entries)
  gaps.update()
  const figures = figureRows({ connection, gaps, firstTextAtMs: null, durationMs: 400, selected: null })
  const whole = (name: string) => figures.find((figure) => figure.name === name)?.whole
  expect(whole('First byte (TTFB)')).toBe('–')
  expect(whole('Chunks')).toBe('–')
  expect(whole('Bytes')).toBe('≥ 3 B')
})
