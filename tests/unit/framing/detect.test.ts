import { expect, test } from 'vitest'
import { DETECT_LIMIT, detectFraming, toDeclaredFraming } from '../../../lib/framing/detect.ts'

const detect = (contentType: string, text: string, complete = false, asked = '') =>
  detectFraming({ contentType, asked, text, complete })

test.each([
  ['text/event-stream', 'sse'],
  ['Text/Event-Stream; charset=utf-8', 'sse'],
  ['application/x-ndjson', 'ndjson'],
  ['application/ndjson', 'ndjson'],
  ['application/jsonl', 'ndjson'],
  ['application/stream+json', 'ndjson'],
  ['application/json-seq', 'json-seq'],
  ['application/geo+json-seq', 'json-seq'],
  ['application/json', null],
  ['text/plain', null],
  ['', null],
])('the type %s declares %s', (contentType, framing) => {
  expect(toDeclaredFraming(contentType)).toBe(framing)
})

test.each(['data: a', 'event: x', 'id:1', 'retry: 3', ': hi', '\ufeff\n\r\ndata:'])(
  '%j is read as SSE whatever the type',
  (text) => {
    expect(detect('application/json', text)).toBe('sse')
    expect(detect('application/x-ndjson', text)).toBe('sse')
    expect(detect('', text)).toBe('sse')
  },
)

test('the beginning of a field name waits for more', () => {
  expect(detect('text/plain', 'dat')).toBeNull()
  expect(detect('text/plain', 'dat', true)).toBe('text')
  expect(detect('text/plain', 'date')).toBe('text')
  expect(detect('text/event-stream', 'dat')).toBe('sse')
})

test('a complete first line of JSON is read as JSON lines whatever the type', () => {
  expect(detect('text/plain', '{"a":1}\n')).toBe('ndjson')
  expect(detect('text/event-stream', '{"a":1}\n')).toBe('ndjson')
  expect(detect('text/plain', '{"a":')).toBeNull()
})

test('one JSON value without a line end, or over several lines, is text', () => {
  expect(detect('application/json', '{"error":"no"}', true)).toBe('text')
  expect(detect('application/json', '{\n  "error": 1\n}\n')).toBe('text')
  expect(detect('application/json', '[{"a":1},\n')).toBe('text')
})

test('declared JSON lines and JSON sequences need not wait', () => {
  expect(detect('application/x-ndjson', '{"a"')).toBe('ndjson')
  expect(detect('', '\x1e{"a"')).toBe('json-seq')
})

test('without a type, what was asked for decides', () => {
  expect(detect('', 'x', true, 'Accept: text/event-stream')).toBe('sse')
  expect(detect('text/plain', 'hello', false, 'Accept: text/event-stream')).toBe('text')
})

test('no text yet, or a very long first line, comes to an end', () => {
  expect(detect('text/plain', '')).toBeNull()
  expect(detect('text/plain', '\n\n')).toBeNull()
  expect(detect('text/plain', '', true)).toBe('text')
  expect(detect('application/json', `{"${'x'.repeat(DETECT_LIMIT)}`)).toBe('text')
  expect(detect('text/plain', '\n'.repeat(DETECT_LIMIT))).toBe('text')
})
