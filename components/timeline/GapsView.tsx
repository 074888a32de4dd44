import type { Connection } from '../../lib/session/types.ts'
import { t } from '../../lib/i18n/translate.ts'
import type { Gap } from '../../lib/timeline/gaps.ts'
import { BORDERS_MS, type Lengths } from '../../lib/timeline/lengths.ts'
import { formatCount, formatDuration, formatSince } from '../parts/format.ts'

interface GapsViewProps {
  readonly connection: Connection
  readonly lengths: Lengths
  readonly longest: readonly Gap[]
  /** The wait since the last event; null if it is none. */
  readonly trailing: Gap | null
  readonly onJump: (entry: number) => void
}

/** How long the waits between events were, and the longest of them. */
export function GapsView({ connection, lengths, longest, trailing, onJump }: GapsViewProps) {
  if (lengths.count === 0 && trailing === null)
    return <p class="none">{t('No gaps: fewer than two moments with events.')}</p>
  const rows = (trailing === null ? longest : [...longest, trailing]).toSorted((a, b) => b.ms - a.ms)
  return (
    <>
      <Histogram bars={Array.from(lengths.bars)} count={lengths.count} />
      <table class="longest-gaps">
        <caption title={t('The waits between two moments with events; events of one chunk come at one moment')}>
          {t('Longest gaps')}
        </caption>
        <tbody>
          {rows.map((gap) => (
            <GapRow
              key={`${gap.entry} ${gap === trailing}`}
              connection={connection}
              gap={gap}
              isTrailing={gap === trailing}
              onJump={onJump}
            />
          ))}
        </tbody>
      </table>
    </>
  )
}

interface GapRowProps {
  readonly connection: Connection
  readonly gap: Gap
  readonly isTrailing: boolean
  readonly onJump: (entry: number) => void
}

function GapRow({ connection, gap, isTrailing, onJump }: GapRowProps) {
  const { entries, open, alive } = connection
  const number = entries.at(gap.entry).number
  const from = formatSince(gap.fromMs - open.atMs)
  return (
    <tr data-gap={gap.entry}>
      <th scope="row">{formatDuration(gap.ms)}</th>
      <td>
        <button
          type="button"
          class="link"
          title={t('Show this event in the Events tab')}
          onClick={() => onJump(gap.entry)}
        >
          {isTrailing ? trailingWords(number, alive) : t('before #{number}', { number })}
        </button>
      </td>
      <td>{t('from {time}', { time: from })}</td>
    </tr>
  )
}

function trailingWords(number: number, isAlive: boolean): string {
  return isAlive ? t('after #{number}, until now', { number }) : t('after #{number}, until the end', { number })
}

function Histogram({ bars: counts, count: all }: { readonly bars: readonly number[]; readonly count: number }) {
  const first = counts.findIndex((count) => count > 0)
  if (first === -1) return null
  const last = counts.findLastIndex((count) => count > 0)
  const most = Math.max(...counts)
  return (
    <table class="histogram">
      <caption title={t('How many waits between two moments with events were that long')}>
        {t('Gaps by length')}
      </caption>
      <tbody>
        {counts.slice(first, last + 1).map((count, index) => (
          <tr key={index} title={t('{n} of {all} gaps', { n: formatCount(count), all: formatCount(all) })}>
            <th scope="row">{rangeWords(first + index)}</th>
            <td class="histogram-bar">
              <span style={{ width: `${(count / most) * 100}%` }} />
            </td>
            <td>{formatCount(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** `< 1 ms`, `1 – 2 ms`, `0.5 – 1 s`, `≥ 60 s` */
function rangeWords(bar: number): string {
  const from = BORDERS_MS[bar - 1]
  const to = BORDERS_MS[bar]
  if (from === undefined) return `< ${to ?? 0} ms`
  if (to === undefined) return `≥ ${from / 1000} s`
  return to >= 1000 ? `${from / 1000} – ${to / 1000} s` : `${from} – ${to} ms`
}
