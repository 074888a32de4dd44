import { expect, test } from 'vitest'
import { end, open } from '../../../helpers/stream-builders.ts'
import { connectionOf } from '../../session/connection-of.ts'
import { events, fetched, found, only, placesOf, withNetwork } from '../streams.ts'

const RULE = 'wrong-content-type'
const LINES = '{"n":1}\n{"n":2}\n{"n":3}\n'

test('an event stream under another name, or under none, is found', () => {
  const finding = only(RULE, fetched({ type: 'application/json', chunks: [[100, events(3)]] }))
  expect(finding.severity).toBe('warning')
  expect(finding.sentence).toContain('Content-Type says application/json')
  expect(placesOf(finding)).toContainEqual({ at: 'response header', name: 'content-type' })
  expect(only(RULE, fetched({ type: '', chunks: [[100, events(3)]] })).sentence).toContain('Content-Type says nothing')
})

test('lines of JSON as an event stream dispatch nothing', () => {
  const finding = only(RULE, fetched({ chunks: [[100, LINES]] }))
  expect(finding.severity).toBe('problem')
  expect(finding.title).toBe('Not an event stream')
})

test('lines of JSON under the type of a single JSON text are a hint, as HTML a warning', () => {
  expect(only(RULE, fetched({ type: 'application/json', chunks: [[100, LINES]] })).severity).toBe('hint')
  expect(only(RULE, fetched({ type: 'text/html', chunks: [[100, LINES]] })).severity).toBe('warning')
})

test('a page of HTML in the place of an event stream is found at its end', () => {
  const html = '<!doctype html>\n<title>Sign in</title>\n'
  expect(only(RULE, fetched({ chunks: [[100, html]], endAtMs: 120 })).sentence).toContain('a page of HTML')
  expect(found(RULE, fetched({ chunks: [[100, html]] }))).toEqual([])
})

test('a charset that browsers do not go by is found', () => {
  const finding = only(RULE, fetched({ type: 'text/event-stream; charset=ISO-8859-1', chunks: [[100, events(2)]] }))
  expect(finding.title).toBe('Wrong charset')
})

test('an EventSource that was refused for its type is told what DevTools knows', () => {
  const refused = connectionOf(
    open({ transport: 'eventsource', method: 'GET' }),
    end('error', { readyState: 2, atMs: 300 }),
  )
  expect(found(RULE, refused)).toEqual([])
  const told = withNetwork(refused, { status: 200, responseHeaders: [['Content-Type', 'text/html']] })
  expect(only(RULE, told).sentence).toContain("its answer's Content-Type is text/html")
})

test('near misses say nothing', () => {
  const none = (type: string, text: string, status = 200) =>
    expect(found(RULE, fetched({ type, status, chunks: [[100, text]], endAtMs: 150 }))).toEqual([])
  none('text/event-stream', events(2))
  none('Text/Event-Stream; charset="utf-8"', events(2))
  none('application/x-ndjson', LINES)
  none('application/jsonl', LINES)
  none('text/plain; charset=utf-8', LINES)
  none('application/json', '{"answer":1}\n')
  none('application/json', '{"error":"no"}', 500)
})
