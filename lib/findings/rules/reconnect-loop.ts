import { t } from '../../i18n/translate.ts'
import { toStateWord } from '../../endings/state-words.ts'
import { toDurationWords } from '../../endings/words.ts'
import type { Connection } from '../../session/types.ts'
import { createAttemptCounter } from '../attempt-counter.ts'
import { counted, toFigure } from '../facts.ts'
import { atEvent, toProof } from '../finding.ts'
import type { Finding, FindingContext, Rule } from '../finding.ts'
import { lastIndexWhere } from '../../binary-search.ts'

/** A break or two happen; so many in a row without one event are a loop, */
const LEAST_BREAKS = 4
/** unless they are this far apart: something closes connections that are idle, which EventSource is made for. */
const LONGEST_PERIOD_MS = 30_000
/** So many attempts with the very same events, of at least so many events each. */
const LEAST_SAME = 3
const LEAST_SAME_EVENTS = 2
/** Requests by fetch or XHR that fail one after another, each within this time of the one before. */
const LEAST_RETRIES = 5
const LONGEST_PAUSE_MS = 10_000
/** Connections and marks that are looked back on. */
const LOOK_BACK = 60
/** Characters of an event's data that go into an attempt's fingerprint. */
const COMPARED = 1000

interface Attempt {
  /** A fingerprint of all its events. */
  readonly print: number
  readonly events: number
}

/** The same again and again, without getting any further. */
export const reconnectLoop: Rule = {
  name: 'reconnect-loop',
  watch() {
    const attempts = createAttemptCounter()
    let opened = 0
    let current: Attempt = { print: 0, events: 0 }
    let before: Attempt = current
    let same = 1
    let firstIndex = 0
    let lastEventAtMs = -Infinity

    const sameWith = ({ print, events }: Attempt) =>
      print === before.print && events === before.events && events >= LEAST_SAME_EVENTS ? same + 1 : 1

    return {
      entry({ type, index, atMs }, connection) {
        if (connection.transport !== 'eventsource') return
        const { data } = connection.entries.at(index)
        lastEventAtMs = atMs
        const now = attempts.countUntil(connection, atMs)
        if (now > opened) {
          if (current.events > 0) {
            same = sameWith(current)
            before = current
          }
          opened = now
          current = { print: 0, events: 0 }
          firstIndex = index
        }
        current = { print: mix(current.print, `${type}\n${data.slice(0, COMPARED)}`), events: current.events + 1 }
      },
      judge(connection, context) {
        if (connection.transport !== 'eventsource') return ofRequests(connection, context)
        const isOver = connection.attemptMarks.at(-1)?.state === 'reconnecting'
        const times = isOver && current.events > 0 ? sameWith(current) : same
        if (times >= LEAST_SAME) return startsOver(times, isOver ? current.events : before.events, firstIndex)
        return breaksInARow(connection, lastEventAtMs)
      },
    }
  },
}

/** FNV-1a over UTF-16 units: equal texts give equal figures, and others hardly ever. */
function mix(print: number, text: string): number {
  let mixed = print === 0 ? 0x811c9dc5 : print
  for (let i = 0; i < text.length; i += 1) mixed = Math.imul(mixed ^ text.charCodeAt(i), 0x01000193)
  return mixed >>> 0
}

const base = () => ({ rule: reconnectLoop.name, severity: 'warning', title: t('Reconnect loop') }) as const

function startsOver(times: number, events: number, index: number): Finding {
  return {
    ...base(),
    sentence: counted(
      events,
      'The last {times} connections brought the same {n} event each. The server closes when it is done; EventSource takes that for a break, connects anew and gets all of it again.',
      'The last {times} connections brought the same {n} events each. The server closes when it is done; EventSource takes that for a break, connects anew and gets all of it again.',
      { times: toFigure(times) },
    ),
    evidence: [toProof(t('Where the latest of them begins'), atEvent(index))],
    advice: [
      t('Let the server send a last event that says it is done, and call `source.close()` when it comes.'),
      t('Or let the server answer the next attempt with status 204, which tells browsers to stop.'),
    ],
  }
}

function breaksInARow({ attemptMarks }: Connection, lastEventAtMs: number): Finding | null {
  const breaks = attemptMarks
    .slice(-LOOK_BACK)
    .filter(({ state, atMs }) => state === 'reconnecting' && atMs > lastEventAtMs)
    .map(({ atMs }) => atMs)
  const [first, last] = [breaks[0] ?? 0, breaks.at(-1) ?? 0]
  const periodMs = (last - first) / Math.max(1, breaks.length - 1)
  if (breaks.length < LEAST_BREAKS || periodMs > LONGEST_PERIOD_MS) return null
  return {
    ...base(),
    sentence: t('{n} attempts in a row broke without an event that the page listens to, one every {time}.', {
      n: toFigure(breaks.length),
      time: toDurationWords(periodMs),
    }),
    evidence: [toProof(t('It began to break {time} before the last time', { time: toDurationWords(last - first) }))],
    advice: [
      t('Look at what the server answers: the Network panel has an entry for each attempt.'),
      t('Let the server send `retry: 10000` or more while it is in trouble, or status 204 to stop browsers.'),
    ],
  }
}

/** A client that tries again by itself. */
function ofRequests(connection: Connection, { connections }: FindingContext): Finding | null {
  if (!isFruitless(connection)) return null
  const tries = [connection]
  let at = indexOf(connections, connection) - 1
  for (let looked = 0; at >= 0 && looked < LOOK_BACK; at -= 1, looked += 1) {
    const earlier = connections[at]
    const next = tries[0]
    if (earlier === undefined || next === undefined || !isSameRequest(earlier, connection)) continue
    const pauseMs = next.open.atMs - (earlier.ending?.atMs ?? -Infinity)
    if (!isFruitless(earlier) || pauseMs > LONGEST_PAUSE_MS) break
    tries.unshift(earlier)
  }
  if (tries.length < LEAST_RETRIES) return null
  return {
    ...base(),
    sentence: t('This is the {n}th request of its kind in a row that ended without an event, within {time}.', {
      n: tries.length,
      time: toDurationWords(connection.open.atMs - (tries[0]?.open.atMs ?? 0)),
    }),
    evidence: tries
      .slice(0, -1)
      .slice(-LEAST_RETRIES)
      .map(({ number, key, state }) =>
        toProof(t('Connection {number}: {what}', { number, what: toStateWord(state) }), { at: 'connection', key }),
      ),
    advice: [
      t(
        'Wait longer before each further try (1 s, 2 s, 4 s …), and give up on answers that will not change, such as 401 or 404.',
      ),
    ],
  }
}

const FRUITLESS: ReadonlySet<Connection['state']> = new Set([
  'completed',
  'incomplete',
  'timed out',
  'http error',
  'refused',
  'unreachable',
  'lost',
])

const isFruitless = ({ state, eventCount, chunks }: Connection): boolean =>
  FRUITLESS.has(state) && (eventCount === 0 || (state === 'http error' && chunks.length < LEAST_RETRIES))

function isSameRequest(one: Connection, other: Connection): boolean {
  const { open, frame, transport } = one
  return (
    transport === other.transport &&
    open.url === other.open.url &&
    open.method === other.open.method &&
    frame.doc === other.frame.doc
  )
}

/** By its number: they rise along the list. */
function indexOf(connections: readonly Connection[], { number }: Connection): number {
  return lastIndexWhere(connections.length, (index) => (connections[index]?.number ?? Infinity) < number) + 1
}
