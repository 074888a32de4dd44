import { expect, test } from 'vitest'
import { watchExchanges, type DevToolsNetwork } from '../../../lib/network/exchanges.ts'
import type { NetworkFacts } from '../../../lib/protocol.ts'
import { harEntry, OWN_SCRIPT } from './har-entry.ts'

/** DevTools' network with a log, and exchanges that finish when the test says so. A body is null where DevTools has none. */
function watch(...log: readonly (readonly [entry: object, body: string | null])[]) {
  const withBody = ([entry, body]: readonly [object, string | null]) =>
    Object.assign(entry, { getContent: (give: (text: string | null) => void) => give(body) })
  const told: NetworkFacts[] = []
  let listener: (entry: object) => void = () => {}
  let giveLog = () => {}
  const network: DevToolsNetwork = {
    onRequestFinished: { addListener: (added) => (listener = added as unknown as typeof listener) },
    getHAR: (callback) => (giveLog = () => callback({ entries: log.map(withBody) } as never)),
  }
  watchExchanges(network, OWN_SCRIPT, (facts) => told.push(facts))
  return { told, finish: (...entry: (typeof log)[number]) => listener(withBody(entry)), giveLog: () => giveLog() }
}
const at = (second: number) => `2026-11-22T16:30:${second}.000Z`

test('exchanges are told as they finish; those of no stream are not', () => {
  const { told, finish } = watch()
  finish(harEntry(), 'data: a\n\n')
  finish(harEntry({ _resourceType: 'image' }), '')
  finish(harEntry({ response: { _error: 'net::ERR_CONNECTION_RESET' } }), null)
  expect(told.map(({ netError }) => netError)).toEqual(['', 'net::ERR_CONNECTION_RESET'])
})

test('of the log only what is over is told, and once', () => {
  const failed = harEntry({ startedDateTime: at(12), response: { _error: 'net::ERR_ABORTED' } })
  const { told, finish, giveLog } = watch(
    [harEntry({ startedDateTime: at(10) }), 'data: a\n\n'],
    [harEntry({ startedDateTime: at(11) }), null],
    [failed, null],
    [harEntry({ startedDateTime: at(13) }), 'data: b\n\n'],
  )
  finish(harEntry({ startedDateTime: at(13) }), 'data: b\n\n')
  giveLog()
  finish(harEntry({ startedDateTime: at(11) }), 'data: c\n\n')
  expect(told.map(({ startedAtMs }) => new Date(startedAtMs).getUTCSeconds())).toEqual([13, 10, 12, 11])
})

test('an EventSource’s body tells what the page is not told', () => {
  const { told, finish } = watch()
  finish(harEntry({ _resourceType: 'eventsource' }), 'retry: 300\nid: 7\ndata: a\n\n')
  finish(harEntry({ _resourceType: 'eventsource', response: { _error: 'net::ERR_CONNECTION_RESET' } }), null)
  expect(told.map(({ resume }) => resume)).toEqual([{ retryMs: 300, lastEventId: '7' }, null])
})
