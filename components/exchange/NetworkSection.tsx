import type { HeaderPair, NetworkFacts } from '../../lib/protocol.ts'
import type { Connection } from '../../lib/session/types.ts'
import { formatDuration, formatSize, formatTimeOfDay } from '../parts/format.ts'
import { type Field, Fields, Section } from './Fields.tsx'

/** What DevTools knows of a connection's exchanges and the page cannot: one part for each, newest first. */
export function NetworkSection({ connection }: { readonly connection: Connection }) {
  const { network, alive } = connection
  if (network.length === 0) {
    // Firefox tells extensions other things; nothing is missing there.
    if (import.meta.env.FIREFOX) return null
    return (
      <Section title="Network (from DevTools)">
        <p class="none">
          {alive
            ? 'DevTools tells of an exchange when it is over.'
            : 'Not known: the exchange began before DevTools was opened, or nothing showed for sure which one it was.'}
        </p>
      </Section>
    )
  }
  const newestFirst = network.toReversed()
  return (
    <>
      {newestFirst.map((facts, index) => (
        <Section key={network.length - index} title={titleOf(facts, network.length - index, network.length)}>
          <Exchange facts={facts} connection={connection} />
        </Section>
      ))}
    </>
  )
}

function titleOf({ redirectedTo }: NetworkFacts, number: number, count: number): string {
  const which = count === 1 ? '' : `, exchange ${number} of ${count}`
  return `Network (from DevTools)${which}${redirectedTo === '' ? '' : ': a redirect'}`
}

function Exchange({ facts, connection }: { readonly facts: NetworkFacts; readonly connection: Connection }) {
  const seen = new Set(connection.head?.headers.map(([name]) => name.toLowerCase()))
  const hidden = facts.responseHeaders.filter(([name]) => !seen.has(name.toLowerCase()))
  const given = new Set(connection.open.headers.map(([name]) => name.toLowerCase()))
  const added = facts.requestHeaders.filter(([name]) => !given.has(name.toLowerCase()))
  return (
    <>
      <Fields fields={[...factFields(facts), ...timingFields(facts)]} />
      <Headers title="Response headers that the page cannot see" headers={hidden} />
      <Headers title="Request headers that the browser added" headers={added} />
    </>
  )
}

function Headers({ title, headers }: { readonly title: string; readonly headers: readonly HeaderPair[] }) {
  if (headers.length === 0) return null
  return (
    <details class="subsection">
      <summary>
        {title} ({headers.length})
      </summary>
      <Fields fields={headers} />
    </details>
  )
}

function factFields(facts: NetworkFacts): readonly Field[] {
  const fields: [string, string][] = []
  if (facts.netError !== '') fields.push(['Net error', facts.netError])
  fields.push(['Status', facts.status === 0 ? 'No answer' : String(facts.status)])
  if (facts.redirectedTo !== '') fields.push(['Redirected to', facts.redirectedTo])
  if (facts.protocol !== '') fields.push(['Protocol', facts.protocol])
  if (facts.remoteAddress !== '') fields.push(['Remote address', facts.remoteAddress])
  fields.push(['From cache', facts.fromCache ? 'Yes' : 'No'])
  if (facts.transferredBytes >= 0)
    fields.push(['Over the network', `${formatSize(facts.transferredBytes)}, head and body, as encoded`])
  if (facts.bodyBytes >= 0 && facts.status !== 0) fields.push(['Body', `${formatSize(facts.bodyBytes)} decoded`])
  if (facts.resume !== null) {
    const { retryMs, lastEventId } = facts.resume
    if (retryMs !== null) fields.push(['retry', `${retryMs} ms`])
    if (lastEventId !== null) fields.push(['Last event id', lastEventId === '' ? '(empty)' : lastEventId])
  }
  return fields
}

function timingFields({ startedAtMs, finishedAtMs, timings }: NetworkFacts): readonly Field[] {
  const steps: readonly (readonly [string, number])[] = [
    ['queued or blocked', timings.blockedMs],
    ['DNS', timings.dnsMs],
    ['connecting', timings.connectMs],
    ['TLS', timings.sslMs],
    ['sending', timings.sendMs],
    ['waiting', timings.waitMs],
    ['receiving', timings.receiveMs],
  ]
  const told = steps.filter(([, ms]) => ms >= 0).map(([name, ms]) => `${name} ${formatDuration(ms)}`)
  return [
    ['Started', formatTimeOfDay(startedAtMs)],
    ['Finished', `${formatTimeOfDay(finishedAtMs)} (${formatDuration(finishedAtMs - startedAtMs)})`],
    ...(told.length === 0 ? [] : [['Spent', told.join(' · ')] as const]),
  ]
}
