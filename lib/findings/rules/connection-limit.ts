import { joinSentences } from '../../i18n/joined.ts'
import { t } from '../../i18n/translate.ts'
import type { Connection } from '../../session/types.ts'
import { toFigure } from '../facts.ts'
import { toProof } from '../finding.ts'
import type { Finding, Rule } from '../finding.ts'

/** Connections that browsers keep to one host over HTTP/1.1. */
const LIMIT = 6
/** Connections that are looked back on. */
const LOOK_BACK = 300

/** Streams that hold all of a browser's HTTP/1.1 connections to a host: the next request waits. */
export const connectionLimit: Rule = {
  name: 'connection-limit',
  watch: () => ({
    judge(connection, { connections }) {
      const origin = URL.parse(connection.open.url)?.origin ?? 'null'
      if (connections.length < LIMIT || origin === 'null') return null
      const own = lifeOf(connection)
      const beside = openBeside(connections, own, `${origin}/`)
      if (beside.length < LIMIT || !speaksHttp1(origin, beside)) return null
      const most = mostAtOnce(beside, own)
      return most.length < LIMIT ? null : toFinding(connection, origin, most)
    },
  }),
}

interface Life {
  readonly fromMs: number
  readonly toMs: number
}
type Living = Life & { readonly other: Connection }

/** Wall clock: documents have clocks of their own. */
function lifeOf({ open, frame, ending }: Connection): Life {
  const toMs = ending === null ? Infinity : frame.timeOriginMs + ending.atMs
  return { fromMs: frame.timeOriginMs + open.atMs, toMs }
}

/** Those to the origin, among the newest, that lived at the same time. Asked for every row of a list: makes nothing of the others. */
function openBeside(connections: readonly Connection[], own: Life, start: string): readonly Living[] {
  const beside: Living[] = []
  for (let at = Math.max(0, connections.length - LOOK_BACK); at < connections.length; at += 1) {
    const other = connections[at]
    if (other === undefined) continue
    const { open, frame, ending } = other
    const isBefore = ending !== null && frame.timeOriginMs + ending.atMs <= own.fromMs
    if (isBefore || frame.timeOriginMs + open.atMs >= own.toMs || !open.url.startsWith(start)) continue
    beside.push({ other, ...lifeOf(other) })
  }
  return beside
}

/** Over plain HTTP browsers speak nothing else; with TLS, DevTools must have said so. */
function speaksHttp1(origin: string, beside: readonly Living[]): boolean {
  const protocols = beside
    .flatMap(({ other }) => other.network.map(({ protocol }) => protocol))
    .filter((name) => name !== '')
  if (protocols.length > 0) return protocols.every((protocol) => protocol.startsWith('http/1'))
  return origin.startsWith('http:')
}

/** Those that were open together when most were, while this one was. */
function mostAtOnce(beside: readonly Living[], own: Life): readonly Connection[] {
  // What ends at a moment makes room for what begins then.
  const steps = beside
    .flatMap(({ fromMs, toMs }) => [
      { atMs: Math.max(fromMs, own.fromMs), by: 1 },
      { atMs: toMs, by: -1 },
    ])
    .toSorted((one, other) => (one.atMs === other.atMs ? one.by - other.by : one.atMs < other.atMs ? -1 : 1))
  let [open, most, mostAtMs] = [0, 0, own.fromMs]
  for (const { atMs, by } of steps) {
    open += by
    if (open <= most) continue
    most = open
    mostAtMs = atMs
  }
  return beside.filter(({ fromMs, toMs }) => fromMs <= mostAtMs && toMs > mostAtMs).map(({ other }) => other)
}

function toFinding(connection: Connection, origin: string, open: readonly Connection[]): Finding {
  const isWaiting = connection.state === 'connecting' && open.length > LIMIT
  const waits = isWaiting
    ? t('This one waits until another one ends.')
    : t('Every further request to it, of all tabs, waits until one of them ends.')
  return {
    rule: connectionLimit.name,
    severity: isWaiting ? 'problem' : 'warning',
    title: t('All connections to the host in use'),
    sentence: joinSentences([
      t('{n} streams to {origin} were open at once over HTTP/1.1, and browsers keep {limit} connections to a host.', {
        n: toFigure(open.length),
        origin,
        limit: LIMIT,
      }),
      waits,
    ]),
    evidence: open
      .filter(({ key }) => key !== connection.key)
      .slice(-LIMIT)
      .map(({ number, open: { method, url }, key }) =>
        toProof(t('Connection {number}: {what}', { number, what: `${method} ${url.slice(origin.length)}` }), {
          at: 'connection',
          key,
        }),
      ),
    advice: [
      t(
        'Serve the streams over HTTP/2 or HTTP/3 (which browsers speak over TLS only): one connection carries a hundred.',
      ),
      t('Close streams that are no longer shown, and share one among tabs (SharedWorker, BroadcastChannel).'),
    ],
  }
}
