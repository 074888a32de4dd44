import { t } from '../../i18n/translate.ts'
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

const toAdvice = () => [
  t(
    'On a reconnect the browser sends the header `Last-Event-ID`: go on after that event, and keep enough of them to do so.',
  ),
]

function toRepeated({ id, index }: Entry, count: number, sameData: number): Finding {
  return {
    rule: eventIds.name,
    severity: 'warning',
    title: t('Ids repeated after a reconnect'),
    sentence: toRepeatedSentence(count, sameData),
    evidence: [toProof(t('The first of them: id {id}', { id }), atEvent(index))],
    advice: toAdvice(),
  }
}

function toRepeatedSentence(count: number, sameData: number): string {
  if (sameData === 0) {
    return counted(
      count,
      'After a reconnect {n} event came with an id that was there before with other data: ids are not unique, so nobody can go on from one.',
      'After a reconnect {n} events came with an id that was there before with other data: ids are not unique, so nobody can go on from one.',
    )
  }
  return sameData === count
    ? counted(
        count,
        'After a reconnect {n} event came with an id that was there before with the same data: the server does not go on where the connection broke.',
        'After a reconnect {n} events came with an id that was there before with the same data: the server does not go on where the connection broke.',
      )
    : counted(
        count,
        'After a reconnect {n} event came with an id that was there before: the server does not go on where the connection broke.',
        'After a reconnect {n} events came with an id that was there before: the server does not go on where the connection broke.',
      )
}

function toSkipped({ before, after, missing, index }: Gap): Finding {
  return {
    rule: eventIds.name,
    severity: 'warning',
    title: t('Ids skipped over a reconnect'),
    sentence: counted(
      missing,
      'The ids rose by one until the connection broke after {before}; it went on with {after}. {n} event between may be lost. Events of types that the page does not listen to cannot be seen.',
      'The ids rose by one until the connection broke after {before}; it went on with {after}. {n} events between may be lost. Events of types that the page does not listen to cannot be seen.',
      { before, after },
    ),
    evidence: [toProof(t('The first event after the break: id {id}', { id: after }), atEvent(index))],
    advice: toAdvice(),
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
    title: t('Ids repeated after a reconnect'),
    sentence: t(
      isEarlier
        ? 'The request asked to go on after event {asked}, but the answer begins with event {first}: the server does not go on where the connection broke.'
        : 'The request asked to go on after event {asked}, but that event came again: the server does not go on where the connection broke.',
      { asked, first },
    ),
    evidence: [
      header,
      toProof(t('The first id of {n} that came: {first}', { n: toFigure(seen.size), first }), atEvent(0)),
    ],
    advice: toAdvice(),
  }
}
