import { expect, test } from 'vitest'
import { fetched, found, only, placesOf } from '../streams.ts'

const RULE = 'nul-in-id'
const stream = (text: string) => fetched({ chunks: [[100, text]] })

test('an id with NUL in it is found', () => {
  const finding = only(RULE, stream('id: 1\ndata: a\n\nid: 2\0x\ndata: b\n\n'))
  expect(finding.sentence).toContain("'2␀x'")
  expect(placesOf(finding)).toEqual([{ at: 'event', index: 1 }])
})

test('other ids, and NUL in data, say nothing', () => {
  expect(found(RULE, stream('id: 1\ndata: a\0\n\nid\ndata: b\n\n'))).toEqual([])
})
