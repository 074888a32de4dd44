import { expect, test } from 'vitest'
import { brief, read } from './read.ts'

test('every chunk with text is an event', () => {
  expect(brief(read('text', ['\ufeffHel', '', 'lo\n\nyou']))).toEqual(['event "Hel"', 'event "lo\\n\\nyou"'])
  expect(read('text', ['a', '', 'b']).map(({ chunk }) => chunk)).toEqual([0, 2])
})
