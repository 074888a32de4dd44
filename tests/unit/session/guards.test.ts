import { expect, test } from 'vitest'
import { toRecord } from '../../../lib/session/guards.ts'
import {
  attempt,
  chunk,
  dispatched,
  documentRecord,
  dropped,
  end,
  head,
  note,
  numbered,
  open,
  reason,
} from '../../helpers/stream-builders.ts'

const RECORDS = numbered([
  documentRecord(),
  open(),
  { k: 'body', n: 0, atMs: 1, c: 1, body: { kind: 'unseen', why: 'x' } },
  head(),
  chunk('a', { raw: 'YQ==' }),
  dispatched('a'),
  attempt('open'),
  note('cut'),
  end('error', { reason: reason('Error'), signal: reason('string', 'x') }),
  dropped(1, 2),
  open({
    headers: [['a', 'b']],
    options: { mode: 'cors' },
    body: { kind: 'text', text: 'a', sizeBytes: 1, cut: false },
  }),
  open({
    body: {
      kind: 'form',
      entries: [
        { name: 'a', value: 'b' },
        { name: 'f', fileName: 'x', type: '', sizeBytes: 3 },
      ],
    },
  }),
  open({ body: { kind: 'bytes', base64: '', sizeBytes: 0, cut: true, type: '' } }),
  open({ body: { kind: 'stream' } }),
])

test.each(RECORDS.map((record) => [record.k, record] as const))('a right %s record passes as it is', (_, record) => {
  expect(toRecord(record)).toBe(record)
})

test.each(RECORDS.map((record) => [record.k, record] as const))(
  'a %s record with any field missing or of a wrong type does not',
  (_, record) => {
    for (const name of Object.keys(record)) {
      const missing = name === 'raw' ? [] : [undefined]
      const taken = [Symbol('wrong'), { toString: null }, [0], ...missing].filter(
        (wrong) => toRecord({ ...record, [name]: wrong }) !== null,
      )
      expect({ name, taken }).toEqual({ name, taken: [] })
    }
  },
)

test.each([
  null,
  7,
  'open',
  [],
  {},
  { k: 'toString', n: 1, atMs: 0 },
  { k: 'open', n: 1.5, atMs: 0 },
  { ...chunk('a'), n: 0 },
  { ...chunk('a'), n: 1, atMs: Infinity },
  { ...chunk('a'), n: 1, sizeBytes: -1 },
  { ...chunk('a'), n: 1, c: -1 },
  { ...open(), n: 1, body: { kind: 'constructor' } },
  { ...open(), n: 1, headers: [['a']] },
  { ...open(), n: 1, options: { a: 1 } },
  { ...open(), n: 1, body: { kind: 'form', entries: [{ name: 'a' }] } },
])('%j is no record', (value) => {
  expect(toRecord(value)).toBeNull()
})
