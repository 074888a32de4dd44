import type { Connection, Entry } from '../../session/types.ts'
import { createAttemptCounter } from '../attempt-counter.ts'
import { counted, requestHeader, toFigure } from '../facts.ts'
import { atEvent, atRequestHeader, toProof } from '../finding.ts'
import type { Finding, Proof, Rule } from '../finding.ts'

/** Ids that are remembered: a server that starts over is seen at its first event, one that goes back a little, too. */
const REMEMBERED = 5000
/** So many steps of one before a larger step says that something is missing. */
const LEAST_STEPS = 5
/** Characters of an event's data that tell it from another one. */
const COMPARED = 500

interface Gap {
  readonly before: string
  readonly after: string
  readonly missing: number
  readonly index: number
}

/** Ids that came again, or were left out, after a reconnect: the server does not go by `Last-Event-ID`. */
export const eventIds: Rule = {
  name: 'event-ids',
  watch() {
    const seen = new Map<string, string>()
    const repeats: { count: number; sameData: number; first: Entry | null } = { count: 0, sameData: 0, first: null }
    const steps = { ones: 0, others: 0 }
    let gap: Gap | null = null
    let last = ''
    const attempts = createAttemptCounter()
    let marks = 0
    let isResumed = false
    let isFirst = true

    function compare(entry: Entry, before: string): void {
      const { id, data, index } = entry
      const known = seen.get(id)
      const isSame = known === data.slice(0, COMPARED)
      // An event without an id of its own has that of the one before: only its data can tell.
      if (known !== undefined && (id !== before || isSame)) {
        repeats.count += 1
        if (isSame) repeats.sameData += 1
        repeats.first ??= entry
      } else isResumed = false
      const missing = toNumber(id) - toNumber(before) - 1
      if (isFirst && missing > 0 && steps.others === 0 && steps.ones >= LEAST_STEPS)
        gap ??= { before, after: id, missing, index }
      isFirst = false
    }

    return {
      entry({ kind, index }, connection) {
        const canResume = connection.transport === 'eventsource' || requestHeader(connection, 'last-event-id') !== null
        if (!canResume || kind !== 'event') return
        const entry = connection.entries.at(index)
        if (entry.id === '') return
        const opened = attempts.countUntil(connection, entry.atMs)
        if (opened !== marks) {
          isResumed = marks > 0
          isFirst = true
          marks = opened
        }
        const { id } = entry
        if (isResumed) compare(entry, last)
        else if (last !== '' && id !== last) steps[toNumber(id) - toNumber(last) === 1 ? 'ones' : 'others'] += 1
        if (!seen.has(id)) remember(seen, id, entry.data)
        last = id
      },
      judge(connection) {
        if (repeats.first !== null) return toRepeated(repeats.first, repeats.count, repeats.sameData)
        return gap === null ? askedToResume(connection, seen) : toSkipped(gap)
      },
    }
  },
}

function remember(seen: Map<string, string>, id: string, data: string): void {
  seen.set(id, data.slice(0, COMPARED))
  if (seen.size <= REMEMBERED) return
  const [oldest] = seen.keys()
  if (oldest !== undefined) seen.delete(oldest)
}

const toNumber = (id: string): number => (/^\d{1,15}$/.test(id) ? Number(id) : Number.NaN)

const RESUME_ADVICE =
  'On a reconnect the browser sends the header `Last-Event-ID`: go on after that event, and keep enough of them to do so.'

function toRepeated({ id, index }: Entry, count: number, sameData: number): Finding {
  const same = sameData === count ? ' with the same data' : sameData === 0 ? ' with other data' : ''
  return {
    rule: eventIds.name,
    severity: 'warning',
    title: 'Ids repeated after a reconnect',
    sentence: `After a reconnect ${counted(count, 'event')} came with an id that was there before${same}: ${sameData === 0 ? 'ids are not unique, so nobody can go on from one' : 'the server does not go on where the connection broke'}.`,
    evidence: [toProof(`The first of them: id ${id}`, atEvent(index))],
    advice: [RESUME_ADVICE],
  }
}

function toSkipped({ before, after, missing, index }: Gap): Finding {
  return {
    rule: eventIds.name,
    severity: 'warning',
    title: 'Ids skipped over a reconnect',
    sentence: `The ids rose by one until the connection broke after ${before}; it went on with ${after}. ${counted(missing, 'event')} between may be lost. Events of types that the page does not listen to cannot be seen.`,
    evidence: [toProof(`The first event after the break: id ${after}`, atEvent(index))],
    advice: [RESUME_ADVICE],
  }
}

/** A client that reconnects by itself, with fetch: its request says after which event to go on. */
function askedToResume(connection: Connection, seen: ReadonlyMap<string, string>): Finding | null {
  const asked = requestHeader(connection, 'last-event-id') ?? ''
  const [first] = seen.keys()
  if (asked === '' || first === undefined) return null
  const isEarlier = toNumber(first) <= toNumber(asked)
  if (!isEarlier && !seen.has(asked)) return null
  const header: Proof = toProof(`Last-Event-ID: ${asked}`, atRequestHeader('last-event-id'))
  return {
    rule: eventIds.name,
    severity: 'warning',
    title: 'Ids repeated after a reconnect',
    sentence: `The request asked to go on after event ${asked}, but ${isEarlier ? `the answer begins with event ${first}` : 'that event came again'}: the server does not go on where the connection broke.`,
    evidence: [header, toProof(`The first id of ${toFigure(seen.size)} that came: ${first}`, atEvent(0))],
    advice: [RESUME_ADVICE],
  }
}
