import { expect, test } from 'vitest'
import { events, fetched, found, only, paced, placesOf } from '../streams.ts'

const RULE = 'compressed-stream'

test('a compressed event stream is a hint, with its header', () => {
  const finding = only(RULE, fetched({ headers: [['Content-Encoding', 'br']], chunks: paced(10, 100) }))
  expect(finding.severity).toBe('hint')
  expect(finding.sentence).toContain('which it seems to be')
  expect(placesOf(finding)).toEqual([{ at: 'response header', name: 'content-encoding' }])
})

test('what came in one go does not show that the compressor is flushed', () => {
  const finding = only(RULE, fetched({ headers: [['content-encoding', 'gzip']], chunks: [[100, events(10)]] }))
  expect(finding.sentence).not.toContain('seems to be')
})

test('uncompressed streams, and compressed answers that are none, say nothing', () => {
  expect(found(RULE, fetched({ chunks: paced(10, 100) }))).toEqual([])
  expect(found(RULE, fetched({ headers: [['content-encoding', 'identity']], chunks: paced(10, 100) }))).toEqual([])
  const json = { type: 'application/json', headers: [['content-encoding', 'gzip']] as const, endAtMs: 200 }
  expect(found(RULE, fetched({ ...json, chunks: [[100, '{"a":1}']] }))).toEqual([])
})
