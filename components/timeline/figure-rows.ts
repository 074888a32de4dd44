/** The figures of a connection as people read and copy them, each with how it is computed. */
import type { Connection } from '../../lib/session/types.ts'
import { amountsOf, byteRatePerS } from '../../lib/timeline/figures.ts'
import type { Gaps } from '../../lib/timeline/gaps.ts'
import type { Span } from '../../lib/timeline/span.ts'
import { formatCount, formatDuration, formatSize } from '../parts/format.ts'
import { rateWords } from './time-words.ts'

export interface Figure {
  readonly name: string
  readonly how: string
  readonly whole: string
  /** Of the selected span; null where it has no meaning there. */
  readonly inSpan: string | null
}

export interface FigureSource {
  readonly connection: Connection
  readonly gaps: Gaps
  readonly firstTextAtMs: number | null
  /** Of the call to its ending, or to now. */
  readonly durationMs: number
  /** On the document's clock, with the gaps in it. */
  readonly selected: { readonly span: Span; readonly gaps: Gaps } | null
}

const NONE = '–'
const MOMENT = 'Events of one chunk come at one moment; heartbeats are left out.'

export function figureRows(source: FigureSource): readonly Figure[] {
  return [...markRows(source), ...amountRows(source), ...gapRows(source), ...rateRows(source)]
}

function markRows({ connection, firstTextAtMs, durationMs }: FigureSource): readonly Figure[] {
  const { open, head, firstByteAtMs, firstEventAtMs, transport, format } = connection
  const since = (atMs: number | null) => (atMs === null ? NONE : formatDuration(atMs - open.atMs))
  const mark = (name: string, how: string, whole: string): Figure => ({ name, how, whole, inSpan: null })
  const bytesHow =
    transport === 'eventsource'
      ? 'EventSource does not show pages their bytes.'
      : 'From the page’s call until the page got the first bytes of the body.'
  return [
    mark(
      'Head',
      'From the page’s call until the page got status and headers. Firefox gives them only with the first bytes of the body: there it says nothing about the server.',
      since(head?.atMs ?? null),
    ),
    mark('First byte (TTFB)', bytesHow, since(firstByteAtMs)),
    mark(
      'First event (TTFE)',
      'From the page’s call until the first event was complete. Comments and other heartbeats without data are no events.',
      since(firstEventAtMs),
    ),
    mark(
      'First text (TTFT)',
      format === null
        ? 'From the page’s call until the first text of a chat answer. No chat format is recognised here.'
        : `From the page’s call until the first text of the answer, reasoning left aside, as ${format.label} has it.`,
      since(firstTextAtMs),
    ),
    mark('Duration', 'From the page’s call to the ending, or to now while it lives.', formatDuration(durationMs)),
  ]
}

function amountRows({ connection, gaps, selected }: FigureSource): readonly Figure[] {
  const all = amountsOf(connection, null)
  const some = selected === null ? null : amountsOf(connection, selected.span)
  const isEventSource = connection.transport === 'eventsource'
  const count = (value: number | null) => (value === null ? NONE : formatCount(value))
  const size = (value: number | null) => (value === null ? NONE : `${isEventSource ? '≥ ' : ''}${formatSize(value)}`)
  const each = (events: number, chunks: number | null, { mostAtOnce }: Gaps) =>
    chunks === null || chunks === 0 ? NONE : `${Number((events / chunks).toPrecision(3))}, at most ${mostAtOnce}`
  const beats = ({ comments, pings }: Gaps) =>
    comments + pings === 0
      ? '0'
      : `${formatCount(comments + pings)} (${formatCount(comments)} comments, ${formatCount(pings)} pings)`
  return [
    {
      name: 'Events',
      how: 'What the browser dispatches, or would: blocks with data, lines of NDJSON, chunks of plain text.',
      whole: count(all.events),
      inSpan: some && count(some.events),
    },
    {
      name: 'Heartbeats',
      how: 'Comments, and events named ping, heartbeat, keep-alive and the like.',
      whole: beats(gaps),
      inSpan: selected && beats(selected.gaps),
    },
    {
      name: 'Bytes',
      how: isEventSource
        ? 'Size of the events’ data in UTF-8: EventSource does not show pages the rest, so it is more.'
        : 'Size of the body as the page read it, decompressed.',
      whole: size(all.bytes),
      inSpan: some && size(some.bytes),
    },
    {
      name: 'Chunks',
      how: isEventSource ? 'EventSource does not show pages its chunks.' : 'Reads that gave the page bytes.',
      whole: count(all.chunks),
      inSpan: some && count(some.chunks),
    },
    {
      name: 'Events per chunk',
      how: 'Events divided by chunks; then the most events that one chunk completed, heartbeats left out.',
      whole: each(all.events, all.chunks, gaps),
      inSpan: some && selected && each(some.events, some.chunks, selected.gaps),
    },
  ]
}

function gapRows({ gaps, selected }: FigureSource): readonly Figure[] {
  const row = (name: string, how: string, share: number): Figure => {
    const of = ({ lengths }: Gaps) => {
      const ms = lengths.percentile(share)
      return ms === null ? NONE : `${lengths.isExact || share === 1 ? '' : '≈ '}${formatDuration(ms)}`
    }
    return { name, how: `${how} ${MOMENT}`, whole: of(gaps), inSpan: selected && of(selected.gaps) }
  }
  const within = 'Exact for up to 10,000 gaps, beyond that within 1 %.'
  return [
    row(
      'Gap, median',
      `Half of the waits between two moments with events are no longer (nearest rank). ${within}`,
      0.5,
    ),
    row('Gap, p95', `95 % of the waits between two moments with events are no longer. ${within}`, 0.95),
    row('Gap, p99', `99 % of the waits between two moments with events are no longer. ${within}`, 0.99),
    row('Gap, longest', 'The longest wait between two moments with events.', 1),
  ]
}

function rateRows({ connection, gaps, selected }: FigureSource): readonly Figure[] {
  const bytes = (span: Span | null) => {
    const perS = byteRatePerS(connection, span)
    return perS === null ? NONE : `${formatSize(perS)} / s`
  }
  return [
    {
      name: 'Event rate',
      how: `Events after the first moment, divided by the time from the first moment to the last. ${MOMENT}`,
      whole: rateWords(gaps.ratePerS),
      inSpan: selected && rateWords(selected.gaps.ratePerS),
    },
    {
      name: 'Byte rate',
      how: 'Bytes after the first chunk, divided by the time from the first chunk to the last.',
      whole: bytes(null),
      inSpan: selected && bytes(selected.span),
    },
  ]
}

/** Tab-separated, with a head, for a spreadsheet or an issue. */
export function figuresText(figures: readonly Figure[]): string {
  const hasSpan = figures.some(({ inSpan }) => inSpan !== null)
  const head = ['Figure', 'Whole', ...(hasSpan ? ['Selected span'] : []), 'How']
  const rows = figures.map(({ name, whole, inSpan, how }) => [name, whole, ...(hasSpan ? [inSpan ?? ''] : []), how])
  return [head, ...rows].map((cells) => cells.join('\t')).join('\n')
}
