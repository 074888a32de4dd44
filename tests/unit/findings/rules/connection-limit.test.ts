import { expect, test } from 'vitest'
import type { Connection } from '../../../../lib/session/types.ts'
import { end, head, open } from '../../../helpers/stream-builders.ts'
import { connectionOf } from '../../session/connection-of.ts'
import { found, only, placesOf, withNetwork } from '../streams.ts'

const RULE = 'connection-limit'

function streams(count: number, url: string, answered = count): Connection[] {
  return Array.from({ length: count }, (_, index) => {
    const opening = open({ url: `${url}${index}`, atMs: 100 + index * 10, method: 'GET' })
    const connection = index < answered ? connectionOf(opening, head()) : connectionOf(opening)
    return { ...connection, number: index + 1, key: `d1/${index + 1}` }
  })
}
function lastOf(connections: readonly Connection[]): Connection {
  const last = connections.at(-1)
  if (last === undefined) throw new Error('there is none')
  return last
}

test('six streams to one host over plain HTTP are found, with links to the others', () => {
  const connections = streams(6, 'http://app.test/s')
  const finding = only(RULE, lastOf(connections), { connections })
  expect(finding.severity).toBe('warning')
  expect(finding.sentence).toContain('6 streams to http://app.test were open at once over HTTP/1.1')
  expect(placesOf(finding)).toHaveLength(5)
  expect(placesOf(finding)[0]).toEqual({ at: 'connection', key: 'd1/1' })
})

test('the seventh, which waits, has a problem', () => {
  const connections = streams(7, 'http://app.test/s', 6)
  expect(only(RULE, lastOf(connections), { connections }).severity).toBe('problem')
})

test('over TLS DevTools must have said that it is HTTP/1.1', () => {
  const connections = streams(6, 'https://app.test/s')
  expect(found(RULE, lastOf(connections), { connections })).toEqual([])
  withNetwork(lastOf(connections), { protocol: 'h2' })
  expect(found(RULE, lastOf(connections), { connections })).toEqual([])
  const old = streams(6, 'https://old.test/s')
  withNetwork(lastOf(old), { protocol: 'http/1.1' })
  expect(only(RULE, lastOf(old), { connections: old }).sentence).toContain('https://old.test')
})

test('five, several hosts, or one after another say nothing', () => {
  const five = streams(5, 'http://app.test/s')
  expect(found(RULE, lastOf(five), { connections: five })).toEqual([])
  const hosts = [...five, ...streams(5, 'http://app.test:8080/s')]
  expect(found(RULE, lastOf(hosts), { connections: hosts })).toEqual([])
  const inTurn = Array.from({ length: 8 }, (_, n) =>
    connectionOf(open({ url: 'http://app.test/s', atMs: n * 1000 }), head(), end('done', { atMs: n * 1000 + 500 })),
  )
  expect(found(RULE, lastOf(inTurn), { connections: inTurn })).toEqual([])
})
