import { joinSentences } from '../../i18n/joined.ts'
import { msg, t } from '../../i18n/translate.ts'
import { toDurationWords } from '../../endings/words.ts'
import type { Connection } from '../../session/types.ts'
import { createBursts } from '../bursts.ts'
import type { Burst, BurstTally } from '../bursts.ts'
import { counted, isAnswer, toFigure } from '../facts.ts'
import { atChunk, atEvent, toProof } from '../finding.ts'
import type { Finding, Proof, Rule } from '../finding.ts'
import { suspectsOf } from '../suspects.ts'
import type { Suspects } from '../suspects.ts'

/** Bursts must hold this share of all events: a stall in a stream that flows is no buffer. */
const LEAST_SHARE = 0.6
/** With events that prove by their own times that they were held back, a smaller share will do. */
const LEAST_PROVEN_SHARE = 0.3
/** One burst alone is a buffer only where it is the whole answer, but for a greeting. */
const LEAST_WHOLE_SHARE = 0.9
/** Fewer events than this in one go are a short answer, */
const LEAST_EVENTS = 10
/** but for an answer whose head shows what holds back. */
const LEAST_EVENTS_IF_TELLING = 5
/** A server that thinks this long and then sends all it has is seldom anything but a buffer. */
const LEAST_WAIT_MS = 1000
/** Nothing else may come in this time, or in this share of the silence, between the burst and the end. */
const END_MS = 250
const END_SHARE = 0.1
/** A chunk that stops inside an event, and then nothing for so long: whoever cut it knows nothing of events. */
const CUT_SILENCE_MS = 500

const GENERAL_ADVICE = msg(
  'Send the answer uncompressed with `X-Accel-Buffering: no` and `Cache-Control: no-transform`, and flush after each event.',
)

interface Cuts {
  count: number
  firstChunk: number
}

/** Events that were made one after another came together, because something between server and page held them back. */
export const bufferedDelivery: Rule = {
  name: 'buffered-delivery',
  watch() {
    const bursts = createBursts()
    const cuts: Cuts = { count: 0, firstChunk: -1 }
    let endsInEvent = false
    let lastAtMs = 0
    return {
      chunk({ text, atMs }, index, { framing }) {
        if (endsInEvent && atMs - lastAtMs >= CUT_SILENCE_MS) {
          if (cuts.count === 0) cuts.firstChunk = index - 1
          cuts.count += 1
        }
        endsInEvent = stopsInEvent(text, framing)
        lastAtMs = atMs
      },
      entry: bursts.entry,
      judge(connection) {
        // What was dropped or is not cut into events says nothing of silences.
        if (connection.dropped.records > 0 || connection.framing === 'text') return null
        const { held, unread, eventCount } = bursts.figures(connection)
        if (held.count === 0) return null
        const share = held.eventCount / (eventCount - unread.eventCount)
        const suspects = suspectsOf(connection)
        const shape = shapeOf(connection, held, share, suspects)
        return shape === null ? null : toFinding(connection, { held, eventCount, cuts, suspects, shape })
      },
    }
  },
}

function stopsInEvent(text: string, framing: Connection['framing']): boolean {
  if (text === '') return false
  if (framing === 'sse') return !['\n\n', '\n\r\n', '\r\r', '\r\r\n'].some((end) => text.endsWith(end))
  return framing === 'ndjson' && !text.endsWith('\n')
}

/** `whole`: the whole answer in one go at its end. `repeated`: again and again. Null: nothing to say. */
function shapeOf(
  connection: Connection,
  held: BurstTally,
  share: number,
  { isTelling }: Suspects,
): 'whole' | 'repeated' | null {
  const isProven = held.proof !== null && share >= LEAST_PROVEN_SHARE
  const [only] = held.largest
  if (held.count > 1) return isProven || (share >= LEAST_SHARE && held.eventCount >= LEAST_EVENTS) ? 'repeated' : null
  if (only === undefined) return null
  if (isProven) return 'whole'
  const isMany = only.eventCount >= (isTelling ? LEAST_EVENTS_IF_TELLING : LEAST_EVENTS)
  const isAll = share >= LEAST_WHOLE_SHARE && endedRightAfter(connection, only)
  return isMany && isAll && only.silenceMs >= LEAST_WAIT_MS && cameLate(connection) ? 'whole' : null
}

function endedRightAfter({ ending, attemptMarks }: Connection, { lastAtMs, silenceMs }: Burst): boolean {
  const broke = attemptMarks.find(({ state, atMs }) => state === 'reconnecting' && atMs >= lastAtMs)
  const endAtMs = broke?.atMs ?? ending?.atMs ?? Infinity
  return endAtMs - lastAtMs <= Math.max(END_MS, END_SHARE * silenceMs)
}

/** With DevTools closed, an XHR is seen only when the page looks at it: there the browser has to say that it came late. */
function cameLate({ transport, network }: Connection): boolean {
  if (transport !== 'xhr') return true
  const timings = network.at(-1)?.timings
  return timings !== undefined && timings.receiveMs >= 0 && timings.receiveMs <= END_SHARE * timings.waitMs
}

interface Case {
  readonly held: BurstTally
  readonly eventCount: number
  readonly cuts: Cuts
  readonly suspects: Suspects
  readonly shape: 'whole' | 'repeated'
}

function toFinding(connection: Connection, found: Case): Finding {
  const { held, cuts, suspects, shape } = found
  // A chat's events are made one after another; so is an answer that comes as events, or else it would be one text.
  const isChat = connection.format !== null || (isAnswer(connection) && connection.framing === 'sse')
  const isSure = held.proof !== null || cuts.count > 0 || isFullBuffer(held) || suspects.isTelling || isChat
  // A list in one go is no strange thing, but events are sent as a stream because they come one after another.
  const isLikely = isSure || suspects.likeliest !== '' || (shape === 'whole' && connection.framing !== 'ndjson')
  const likeliest = suspects.likeliest === '' ? '' : t('Most likely: {who}.', { who: suspects.likeliest })
  return {
    rule: bufferedDelivery.name,
    severity: isLikely ? 'warning' : 'hint',
    title: t('Buffered delivery'),
    sentence: joinSentences([toPattern(found), toConclusion(found, isSure), likeliest]),
    evidence: [
      ...held.largest.map(toBurstProof),
      ...cutProofs(cuts),
      ...sizeProofs(held),
      ...timingProofs(connection),
      ...pageProofs(connection),
      ...suspects.evidence,
    ],
    advice: [...(suspects.advice.length > 0 ? suspects.advice : [t(GENERAL_ADVICE)]), toTrialAdvice(connection)],
  }
}

function toTrialAdvice({ open: { method, url } }: Connection): string {
  return method === 'GET'
    ? t(
        'To tell the server from what is between, ask the server itself, past all proxies, with `curl -N` {url}: if the events come one by one there, something between holds them back.',
        { url },
      )
    : t(
        'To tell the server from what is between, ask the server itself, past all proxies, with `curl -N` and the same request: if the events come one by one there, something between holds them back.',
      )
}

function toConclusion({ held }: Case, isSure: boolean): string {
  const made = held.proof?.made ?? null
  if (made !== null)
    return t('By their own times ({name}) they were made up to {time} apart: something held them back.', {
      name: made.name,
      time: toDurationWords(made.spreadMs),
    })
  return isSure
    ? t('Something held them back.')
    : t('If the server makes them one after another, something held them back.')
}

/** What was seen, as figures. */
function toPattern({ held, eventCount, shape }: Case): string {
  const [only] = held.largest
  if (shape === 'whole' && only !== undefined) {
    return t(
      only.eventCount === eventCount
        ? 'All {all} events came within {span}, after {silence} of silence.'
        : '{n} of {all} events came within {span}, after {silence} of silence.',
      {
        n: toFigure(only.eventCount),
        all: toFigure(eventCount),
        span: toSpan(only),
        silence: toDurationWords(only.silenceMs),
      },
    )
  }
  return t('{n} of {all} events came in {bursts} bursts, each after at least {silence} of silence.', {
    n: toFigure(held.eventCount),
    all: toFigure(eventCount),
    bursts: toFigure(held.count),
    silence: toDurationWords(held.leastSilenceMs),
  })
}

const toSpan = ({ firstAtMs, lastAtMs }: Burst) => toDurationWords(Math.max(1, lastAtMs - firstAtMs))

function toBurstProof(burst: Burst): Proof {
  const { eventCount, sizeBytes, silenceMs, made } = burst
  const events = counted(eventCount, '{n} event', '{n} events')
  const size = counted(sizeBytes, '{n} byte', '{n} bytes')
  const what = sizeBytes === 0 ? events : t('{events} ({size})', { events, size })
  const values = { what, span: toSpan(burst), silence: toDurationWords(silenceMs) }
  const text =
    made === null
      ? t('{what} within {span}, after {silence} of silence', values)
      : t('{what} within {span}, after {silence} of silence; made {spread} apart, says their {name}', {
          ...values,
          spread: toDurationWords(made.spreadMs),
          name: made.name,
        })
  return toProof(text, atEvent(burst.firstIndex))
}

function cutProofs({ count, firstChunk }: Cuts): readonly Proof[] {
  if (count === 0) return []
  const text = counted(
    count,
    '{n} chunk stopped inside an event, with its rest only after a silence: it was cut by size, not by a server that writes events',
    '{n} chunks stopped inside an event, with its rest each time only after a silence: it was cut by size, not by a server that writes events',
  )
  return [toProof(text, atChunk(firstChunk))]
}

/** Buffers are whole kibibytes large; events that happen to be of one size seldom add up to that. */
function isFullBuffer({ sameSize }: BurstTally): boolean {
  return sameSize !== null && sameSize.sizeBytes % 1024 === 0
}

function sizeProofs(held: BurstTally): readonly Proof[] {
  const { sameSize } = held
  if (sameSize === null || !isFullBuffer(held)) return []
  const text = counted(
    sameSize.sizeBytes,
    '{bursts} bursts are {n} byte each: a buffer of that size is passed on when it is full',
    '{bursts} bursts are {n} bytes each: a buffer of that size is passed on when it is full',
    { bursts: sameSize.count },
  )
  return [toProof(text)]
}

function timingProofs({ network }: Connection): readonly Proof[] {
  const timings = network.at(-1)?.timings
  if (timings === undefined || timings.waitMs < LEAST_WAIT_MS || timings.receiveMs < 0) return []
  if (timings.receiveMs > END_SHARE * timings.waitMs) return []
  const text = t('DevTools waited {wait} for the first byte and had the rest {rest} later', {
    wait: toDurationWords(timings.waitMs),
    rest: toDurationWords(timings.receiveMs),
  })
  return [toProof(text)]
}

/** What speaks against the page's own code. A busy thread gets what came meanwhile at once, and nobody can see that from here. */
function pageProofs({ transport, notes, pauses }: Connection): readonly Proof[] {
  // With DevTools closed, an XHR's text is seen when the page reads it.
  if (transport === 'xhr') return []
  const readBy = notes.find(({ note }) => note === 'read-by')?.detail ?? ''
  const isReadByBrowser = /^response\.(?!clone\b)\w+\(\)$/.test(readBy)
  if (transport === 'eventsource')
    return [toProof(t('Not the page, unless its thread was busy: the browser reads an EventSource by itself'))]
  if (isReadByBrowser)
    return [
      toProof(t('Not the page, unless its thread was busy: the browser reads for {readBy} by itself', { readBy })),
    ]
  if (pauses.length > 0)
    return [toProof(t('Not the page, unless its thread was busy: its pauses in reading do not cover these silences'))]
  return [toProof(t('Nothing speaks for the page, unless its thread was busy: no pause in its reading was seen'))]
}
