import { msg, t } from '../../i18n/translate.ts'
import { toDurationWords } from '../../endings/words.ts'
import type { Connection } from '../../session/types.ts'
import { isAnswer } from '../facts.ts'
import { toProof } from '../finding.ts'
import type { Finding, Proof, Rule } from '../finding.ts'

/** Longer than a user waits without a sign of life. */
const LEAST_MS = 5000
/** A first event may take longer, as long as the answer itself came in time; so may an answer that is still to come. */
const LEAST_EVENT_MS = 10_000
/** Firefox tells pages of an answer at its first byte: a head this close to it is no time of its own. */
const SAME_MS = 50
/** What takes this share of the wait is its cause. */
const CAUSE_SHARE = 0.5

/** The first sign of life takes long. */
export const slowFirstByte: Rule = {
  name: 'slow-first-byte',
  watch: () => ({
    judge(connection, { nowMs }) {
      const { open, firstEventAtMs, alive, attemptMarks } = connection
      const answerAtMs = toAnswerAtMs(connection)
      const canTell = isAnswer(connection) || connection.transport !== 'fetch'
      if (answerAtMs === null) {
        const waitedMs = nowMs - open.atMs
        const isWaiting = alive && connection.head === null && attemptMarks.length === 0 && canTell
        return isWaiting && waitedMs >= LEAST_EVENT_MS ? toFinding(connection, 'none', waitedMs) : null
      }
      const waitedMs = answerAtMs - open.atMs
      if (waitedMs >= LEAST_MS) return toFinding(connection, 'byte', waitedMs)
      const eventMs = (firstEventAtMs ?? 0) - open.atMs
      return isAnswer(connection) && eventMs >= LEAST_EVENT_MS ? toFinding(connection, 'event', eventMs) : null
    },
  }),
}

/** When the answer showed its first sign of life, where that can be told from a stream that has nothing to say yet. */
function toAnswerAtMs(connection: Connection): number | null {
  const { transport, head, firstByteAtMs, attemptMarks } = connection
  switch (transport) {
    case 'eventsource': {
      const [first] = attemptMarks
      return first?.state === 'open' ? first.atMs : null
    }
    case 'xhr':
      return head?.atMs ?? null
    case 'fetch':
      if (isAnswer(connection)) return firstByteAtMs
      if (head === null || firstByteAtMs === null) return null
      return firstByteAtMs - head.atMs > SAME_MS || waitedForHead(connection) ? head.atMs : null
    default:
      return transport satisfies never
  }
}

/** DevTools knows when the head came, in whatever browser tells so. */
function waitedForHead({ network }: Connection): boolean {
  return (network[0]?.timings.waitMs ?? 0) >= LEAST_MS
}

type Missing = 'none' | 'byte' | 'event'

const WORDS: Readonly<Record<Missing, readonly [title: string, sentence: string]>> = {
  none: [msg('No answer yet'), msg('The request was sent {time} ago, and no answer has come.')],
  byte: [msg('Slow first byte'), msg('The first sign of an answer came {time} after the call.')],
  event: [msg('Slow first event'), msg('The answer began in time, but its first event came {time} after the call.')],
}

function toFinding(connection: Connection, missing: Missing, waitedMs: number): Finding {
  const timings = timingProof(connection, waitedMs)
  const [title, sentence] = WORDS[missing]
  return {
    rule: slowFirstByte.name,
    severity: missing === 'event' ? 'hint' : 'warning',
    title: t(title),
    sentence: t(sentence, { time: toDurationWords(waitedMs) }),
    evidence: [...marks(connection), ...timings.map(({ proof }) => proof)],
    advice: [
      ...timings.map(({ advice }) => advice),
      t(
        'Let the server send its head and a comment (`:`) at once, before it starts to work (`res.flushHeaders()` in Node): clients know then that it was reached.',
      ),
    ],
  }
}

function marks({ open, head, firstByteAtMs, firstEventAtMs }: Connection): readonly Proof[] {
  const mark = (message: string, atMs: number | null) =>
    atMs === null ? [] : [toProof(t(message, { time: toDurationWords(atMs - open.atMs) }))]
  return [
    ...mark(msg('Head: {time} after the call'), head?.atMs ?? null),
    ...mark(msg('First byte: {time} after the call'), firstByteAtMs),
    ...mark(msg('First event: {time} after the call'), firstEventAtMs),
  ]
}

/** Where the time went, by DevTools' word. */
function timingProof({ network }: Connection, waitedMs: number): { readonly proof: Proof; readonly advice: string }[] {
  const timings = network[0]?.timings
  if (timings === undefined) return []
  const { blockedMs, dnsMs, connectMs, sslMs, waitMs } = timings
  const causes = [
    [
      blockedMs,
      msg('DevTools: {time} for waiting for a free connection'),
      msg('Too many connections to the host are in use: see which, and end or share them.'),
    ],
    [
      dnsMs,
      msg('DevTools: {time} for looking up the name'),
      msg('The name takes long to look up: that is between the browser and its DNS server.'),
    ],
    [
      connectMs,
      msg('DevTools: {time} for connecting'),
      msg('Connecting takes long: that is the network, or a server that accepts too slowly.'),
    ],
    [
      sslMs,
      msg('DevTools: {time} for the TLS handshake'),
      msg('The TLS handshake takes long: look at the server that ends TLS.'),
    ],
    [
      waitMs,
      msg('DevTools: {time} for the server'),
      msg('The server got the request and took that long: look at what it does before it writes.'),
    ],
  ] as const
  return causes
    .filter(([ms]) => ms >= CAUSE_SHARE * waitedMs)
    .map(([ms, message, advice]) => ({
      proof: toProof(t(message, { time: toDurationWords(ms) })),
      advice: t(advice),
    }))
}
