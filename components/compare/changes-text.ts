/** The events that differ, as text that is copied. */
import type { DiffRows } from '../../lib/compare/diff-rows.ts'
import type { EventDiff } from '../../lib/compare/event-diff.ts'
import { t } from '../../lib/i18n/translate.ts'
import { toOwnText } from '../../lib/session/columns.ts'
import type { Connection, Entries, Entry } from '../../lib/session/types.ts'
import { toName } from './compared.ts'

/** More would be too large for a clipboard. */
const MOST_ROWS = 10_000
const MOST_LENGTH = 50_000_000

interface Side {
  readonly sign: '-' | '+'
  readonly entries: Entries
  /** Index of the entry. */
  readonly index: number
}

/**
 * `- ` before what the first has, `+ ` before what the second has, each with its number, type and data.
 *
 * @param onProgress called with a share from 0 to 1 while texts are read from the storage
 * @param stop ends the reading; what was made by then is worth nothing
 * @returns the text at once where all that is needed is in memory
 */
export function changesText(
  diff: EventDiff,
  base: Connection,
  other: Connection,
  onProgress: (share: number) => void,
  stop: AbortSignal,
): string | Promise<string> {
  // Of this comparison: another one may be made while texts are read.
  const { rows } = diff
  const count = Math.min(rows.changes.length, MOST_ROWS)
  const lines = [`--- ${toName(base)}`, `+++ ${toName(other)}`]
  let length = 0
  let row = 0
  /** How many sides of that row are written. */
  let side = 0

  /** Goes on as far as texts are in memory; null at the end, else what has to be waited for. */
  function goOn(): Promise<void> | null {
    for (; row < count && length < MOST_LENGTH; row += 1, side = 0) {
      for (const { sign, entries, index } of sidesOf(rows, row, diff, base, other).slice(side)) {
        if (entries.awayOf(index) === 'stored') return entries.bring(index)
        const line = toLine(sign, entries.at(index))
        length += line.length
        // Else it would keep all of the long text in memory that it was cut from.
        lines.push(toOwnText(line))
        side += 1
      }
    }
    return null
  }

  function text(): string {
    const left = rows.changes.length - row
    return [...lines, ...(left > 0 ? [t('{n} more are left out.', { n: left })] : [])].join('\n')
  }

  async function wait(first: Promise<void>): Promise<string> {
    for (let reading: Promise<void> | null = first; reading !== null;) {
      onProgress(row / count)
      await reading
      reading = stop.aborted ? null : goOn()
    }
    return text()
  }

  const reading = goOn()
  return reading === null ? text() : wait(reading)
}

function sidesOf(rows: DiffRows, row: number, diff: EventDiff, base: Connection, other: Connection): readonly Side[] {
  const { a, b } = rows.at(rows.changes[row] ?? 0)
  return [
    ...(a === -1 ? [] : [{ sign: '-', entries: base.entries, index: diff.entryOf('a', a) } as const]),
    ...(b === -1 ? [] : [{ sign: '+', entries: other.entries, index: diff.entryOf('b', b) } as const]),
  ]
}

function toLine(sign: string, { number, type, data, away }: Entry): string {
  const words = away === undefined ? data.replaceAll(/\r\n|\r|\n/g, '\\n') : t('(dropped to keep the bound for texts)')
  return `${sign} ${number} ${type} ${words}`
}
