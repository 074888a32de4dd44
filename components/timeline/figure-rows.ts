/** The figures of a connection as people read and copy them, each with how it is computed. */
import { joinSentences } from '../../lib/i18n/joined.ts'
import type { Connection } from '../../lib/session/types.ts'
import { msg, t } from '../../lib/i18n/translate.ts'
import { amountsOf, byteRatePerS } from '../../lib/timeline/figures.ts'
import type { Gaps } from '../../lib/timeline/gaps.ts'
import type { Span } from '../../lib/timeline/span.ts'
import { formatLabel } from '../message/format-label.ts'
import { formatCount, formatDuration, formatSize } from '../parts/format.ts'
import { rateWords } from './time-words.ts'

export interface Figure {
  /** A message. */
  readonly name: string
  /** How it is computed, in the user's language. */
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
const MOMENT = msg('Events of one chunk come at one moment; heartbeats are left out.')

export function figureRows(source: FigureSource): readonly Figure[] {
  return [...markRows(source), ...amountRows(source), ...gapRows(source), ...rateRows(source)]
}

function markRows({ connection, firstTextAtMs, durationMs }: FigureSource): readonly Figure[] {
  const { open, head, firstByteAtMs, firstEventAtMs, transport, format } = connection
  const since = (atMs: number | null) => (atMs === null ? NONE : formatDuration(atMs - open.atMs))
  const mark = (name: string, how: string, whole: string): Figure => ({ name, how, whole, inSpan: null })
  const bytesHow =
    transport === 'eventsource'
      ? t('EventSource does not show pages their bytes.')
      : t('From the page’s call until the page got the first bytes of the body.')
  return [
    mark(
      msg('Head'),
      t(
        'From the page’s call until the page got status and headers. Firefox gives them only with the first bytes of the body: there it says nothing about the server.',
      ),
      since(head?.atMs ?? null),
    ),
    mark(msg('First byte (TTFB)'), bytesHow, since(firstByteAtMs)),
    mark(
      msg('First event (TTFE)'),
      t(
        'From the page’s call until the first event was complete. Comments and other heartbeats without data are no events.',
      ),
      since(firstEventAtMs),
    ),
    mark(
      msg('First text (TTFT)'),
      format === null
        ? t('From the page’s call until the first text of a chat answer. No chat format is recognised here.')
        : t('From the page’s call until the first text of the answer, reasoning left aside, as {format} has it.', {
            format: formatLabel(format),
          }),
      since(firstTextAtMs),
    ),
    mark(
      msg('Duration'),
      t('From the page’s call to the ending, or to now while it lives.'),
      formatDuration(durationMs),
    ),
  ]
}

function amountRows({ connection, gaps, selected }: FigureSource): readonly Figure[] {
  const all = amountsOf(connection, null)
  const some = selected === null ? null : amountsOf(connection, selected.span)
  const isEventSource = connection.transport === 'eventsource'
  const count = (value: number | null) => (value === null ? NONE : formatCount(value))
  const size = (value: number | null) => (value === null ? NONE : `${isEventSource ? '≥ ' : ''}${formatSize(value)}`)
  const each = (events: number, chunks: number | null, { mostAtOnce }: Gaps) =>
    chunks === null || chunks === 0
      ? NONE
      : t('{each}, at most {most}', { each: Number((events / chunks).toPrecision(3)), most: mostAtOnce })
  const beats = ({ comments, pings }: Gaps) =>
    comments + pings === 0
      ? '0'
      : t('{all} ({comments} comments, {pings} pings)', {
          all: formatCount(comments + pings),
          comments: formatCount(comments),
          pings: formatCount(pings),
        })
  return [
    {
      name: msg('Events'),
      how: t('What the browser dispatches, or would: blocks with data, lines of NDJSON, chunks of plain text.'),
      whole: count(all.events),
      inSpan: some && count(some.events),
    },
    {
      name: msg('Heartbeats'),
      how: t('Comments, and events named ping, heartbeat, keep-alive and the like.'),
      whole: beats(gaps),
      inSpan: selected && beats(selected.gaps),
    },
    {
      name: msg('Bytes'),
      how: isEventSource
        ? t('Size of the events’ data in UTF-8: EventSource does not show pages the rest, so it is more.')
        : t('Size of the body as the page read it, decompressed.'),
      whole: size(all.bytes),
      inSpan: some && size(some.bytes),
    },
    {
      name: msg('Chunks'),
      how: isEventSource ? t('EventSource does not show pages its chunks.') : t('Reads that gave the page bytes.'),
      whole: count(all.chunks),
      inSpan: some && count(some.chunks),
    },
    {
      name: msg('Events per chunk'),
      how: t('Events divided by chunks; then the most events that one chunk completed, heartbeats left out.'),
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
    return { name, how: joinSentences([how, t(MOMENT)]), whole: of(gaps), inSpan: selected && of(selected.gaps) }
  }
  const within = t('Exact for up to 10,000 gaps, beyond that within 1 %.')
  return [
    row(
      msg('Gap, median'),
      joinSentences([t('Half of the waits between two moments with events are no longer (nearest rank).'), within]),
      0.5,
    ),
    row(
      msg('Gap, p95'),
      joinSentences([t('95 % of the waits between two moments with events are no longer.'), within]),
      0.95,
    ),
    row(
      msg('Gap, p99'),
      joinSentences([t('99 % of the waits between two moments with events are no longer.'), within]),
      0.99,
    ),
    row(msg('Gap, longest'), t('The longest wait between two moments with events.'), 1),
  ]
}

function rateRows({ connection, gaps, selected }: FigureSource): readonly Figure[] {
  const bytes = (span: Span | null) => {
    const perS = byteRatePerS(connection, span)
    return perS === null ? NONE : `${formatSize(perS)} / s`
  }
  return [
    {
      name: msg('Event rate'),
      how: joinSentences([
        t('Events after the first moment, divided by the time from the first moment to the last.'),
        t(MOMENT),
      ]),
      whole: rateWords(gaps.ratePerS),
      inSpan: selected && rateWords(selected.gaps.ratePerS),
    },
    {
      name: msg('Byte rate'),
      how: t('Bytes after the first chunk, divided by the time from the first chunk to the last.'),
      whole: bytes(null),
      inSpan: selected && bytes(selected.span),
    },
  ]
}

/** Tab-separated, with a head, for a spreadsheet or an issue. */
export function figuresText(figures: readonly Figure[]): string {
  const hasSpan = figures.some(({ inSpan }) => inSpan !== null)
  const head = [t('Figure'), t('Whole'), ...(hasSpan ? [t('Selected span')] : []), t('How')]
  const rows = figures.map(({ name, whole, inSpan, how }) => [t(name), whole, ...(hasSpan ? [inSpan ?? ''] : []), how])
  return [head, ...rows].map((cells) => cells.join('\t')).join('\n')
}
