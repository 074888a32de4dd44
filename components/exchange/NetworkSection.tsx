import type { HeaderPair, NetworkFacts } from '../../lib/protocol.ts'
import type { Connection } from '../../lib/session/types.ts'
import { msg, t } from '../../lib/i18n/translate.ts'
import { formatDuration, formatSize, formatTimeOfDay } from '../parts/format.ts'
import { type Field, Fields, Section } from './Fields.tsx'

/** What DevTools knows of a connection's exchanges and the page cannot: one part for each, newest first. */
export function NetworkSection({ connection }: { readonly connection: Connection }) {
  void connection.version.value
  const { network, alive } = connection
  if (network.length === 0) {
    // Firefox tells extensions other things; nothing is missing there.
    if (import.meta.env.FIREFOX) return null
    return (
      <Section title={t('Network (from DevTools)')}>
        <p class="none">
          {alive
            ? t('DevTools tells of an exchange when it is over.')
            : t(
                'Not known: the exchange began before DevTools was opened, or nothing showed for sure which one it was.',
              )}
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
  if (count === 1) return redirectedTo === '' ? t('Network (from DevTools)') : t('Network (from DevTools): a redirect')
  return redirectedTo === ''
    ? t('Network (from DevTools), exchange {n} of {count}', { n: number, count })
    : t('Network (from DevTools), exchange {n} of {count}: a redirect', { n: number, count })
}

function Exchange({ facts, connection }: { readonly facts: NetworkFacts; readonly connection: Connection }) {
  const seen = new Set(connection.head?.headers.map(([name]) => name.toLowerCase()))
  const hidden = facts.responseHeaders.filter(([name]) => !seen.has(name.toLowerCase()))
  const given = new Set(connection.open.headers.map(([name]) => name.toLowerCase()))
  const added = facts.requestHeaders.filter(([name]) => !given.has(name.toLowerCase()))
  return (
    <>
      <Fields fields={[...factFields(facts), ...timingFields(facts)]} />
      <Headers title={t('Response headers that the page cannot see')} headers={hidden} />
      <Headers title={t('Request headers that the browser added')} headers={added} />
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
  if (facts.netError !== '') fields.push([t('Net error'), facts.netError])
  fields.push([t('Status'), facts.status === 0 ? t('No answer') : String(facts.status)])
  if (facts.redirectedTo !== '') fields.push([t('Redirected to'), facts.redirectedTo])
  if (facts.protocol !== '') fields.push([t('Protocol'), facts.protocol])
  if (facts.remoteAddress !== '') fields.push([t('Remote address'), facts.remoteAddress])
  fields.push([t('From cache'), facts.fromCache ? t('Yes') : t('No')])
  if (facts.transferredBytes >= 0)
    fields.push([
      t('Over the network'),
      t('{size}, head and body, as encoded', { size: formatSize(facts.transferredBytes) }),
    ])
  if (facts.bodyBytes >= 0 && facts.status !== 0)
    fields.push([t('Body'), t('{size} decoded', { size: formatSize(facts.bodyBytes) })])
  if (facts.resume !== null) {
    const { retryMs, lastEventId } = facts.resume
    if (retryMs !== null) fields.push(['retry', `${retryMs} ms`])
    if (lastEventId !== null) fields.push([t('Last event id'), lastEventId === '' ? t('(empty)') : lastEventId])
  }
  return fields
}

function timingFields({ startedAtMs, finishedAtMs, timings }: NetworkFacts): readonly Field[] {
  const steps: readonly (readonly [string, number])[] = [
    [msg('queued or blocked {time}'), timings.blockedMs],
    [msg('DNS {time}'), timings.dnsMs],
    [msg('connecting {time}'), timings.connectMs],
    [msg('TLS {time}'), timings.sslMs],
    [msg('sending {time}'), timings.sendMs],
    [msg('waiting {time}'), timings.waitMs],
    [msg('receiving {time}'), timings.receiveMs],
  ]
  const told = steps.filter(([, ms]) => ms >= 0).map(([step, ms]) => t(step, { time: formatDuration(ms) }))
  return [
    [t('Started'), formatTimeOfDay(startedAtMs)],
    [
      t('Finished'),
      t('{time} ({duration})', {
        time: formatTimeOfDay(finishedAtMs),
        duration: formatDuration(finishedAtMs - startedAtMs),
      }),
    ],
    ...(told.length === 0 ? [] : [[t('Spent'), told.join(' · ')] as const]),
  ]
}
