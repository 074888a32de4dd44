import { expect, test } from 'vitest'
import { findInvalid } from '../../../../lib/findings/utf8.ts'
import { chunk, end, head, open } from '../../../helpers/stream-builders.ts'
import { connectionOf } from '../../session/connection-of.ts'
import { events, fetched, found, only, placesOf } from '../streams.ts'

const RULE = 'invalid-utf8'
const base64 = (...bytes: readonly number[]) => btoa(String.fromCharCode(...bytes))

test('bytes that are not UTF-8 are found with their chunk, place and value', () => {
  const raw = base64(...new TextEncoder().encode('data: '), 0xff, 0xfe, 0x0a, 0x0a)
  const connection = connectionOf(
    open(),
    head(),
    chunk(events(1)),
    chunk('data: \ufffd\ufffd\n\n', { raw, sizeBytes: 10 }),
  )
  const finding = only(RULE, connection)
  expect(finding.sentence).toContain('1 chunk has bytes that are not UTF-8')
  expect(finding.evidence[0]?.text).toBe('Chunk 2: byte ff at 6')
  expect(placesOf(finding)).toEqual([{ at: 'chunk', index: 1 }])
})

test('what is shown of invalid bytes are those of one broken character', () => {
  expect(findInvalid(base64(0x41, 0xf0, 0x9f, 0x8c, 0x0a))).toEqual({ at: 1, hex: 'f0 9f 8c' })
  expect(findInvalid(base64(0x41, 0x42, 0x80))).toEqual({ at: 2, hex: '80' })
  expect(findInvalid(base64(0xed, 0xa0, 0x80, 0x80, 0x80))).toEqual({ at: 0, hex: 'ed a0 80 80' })
})

test('a character that the end cuts is told apart', () => {
  const connection = connectionOf(
    open(),
    head(),
    chunk(events(1)),
    chunk('\ufffd', { raw: base64(0xf0, 0x9f), sizeBytes: 0 }),
    end(),
  )
  expect(only(RULE, connection).title).toBe('Cut inside a character')
})

test('a replacement character that the server sent says nothing', () => {
  expect(found(RULE, fetched({ chunks: [[100, 'data: \ufffd\n\n']] }))).toEqual([])
})

test('invalid bytes are found where a strict decoder finds them', () => {
  const isValid = (bytes: readonly number[]) => {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes)).length > 0
    } catch {
      return false
    }
  }
  const edges = [
    0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff,
  ]
  const wrong: number[][] = []
  let invalid = 0
  for (const a of edges)
    for (const b of edges)
      for (const c of edges)
        for (const bytes of [
          [a, b],
          [a, b, c],
          [a, b, c, 0x80],
        ]) {
          const isFound = findInvalid(base64(...bytes)) !== null
          if (isFound) invalid += 1
          if (isFound === isValid(bytes)) wrong.push(bytes)
        }
  expect(wrong).toEqual([])
  expect(invalid).toBeGreaterThan(1000)
})
