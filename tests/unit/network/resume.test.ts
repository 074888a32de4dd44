import { expect, test } from 'vitest'
import { toResume } from '../../../lib/network/resume.ts'

test.each([
  ['nothing', 'data: a\n\n', null, null],
  ['retry and an id', 'retry: 300\nid: 7\ndata: a\n\ndata: b\n\n', 300, '7'],
  ['the last of several', 'retry: 300\n\nretry: 500\nid: 1\ndata: a\n\nid: 2\ndata: b\n\n', 500, '2'],
  ['a retry that is no number', 'retry: soon\n\n', null, null],
  ['an id without data', 'id: 3\n\n', null, '3'],
  ['an id that is taken back', 'id: 3\ndata: a\n\nid\ndata: b\n\n', null, ''],
  ['an id of a block that was cut', 'id: 3\ndata: a\n\nid: 4\ndata: b', null, '3'],
])('a body with %s', (_, text, retryMs, lastEventId) => {
  expect(toResume(text)).toEqual({ retryMs, lastEventId })
})
