/** The events that differ, as text that is copied. */
import type { EventDiff } from '../../lib/compare/event-diff.ts'
import { t } from '../../lib/i18n/translate.ts'
import type { Connection, Entry } from '../../lib/session/types.ts'
import { toName } from './compared.ts'

/** More would be too large for a clipboard. */
const MOST_ROWS = 10_000

/** `- ` before what the first has, `+ ` before what the second has, each with its number, type and data. */
export function changesText(diff: EventDiff, base: Connection, other: Connection): string {
  const { rows } = diff
  const lines = [`--- ${toName(base)}`, `+++ ${toName(other)}`]
  const line = (sign: string, { number, type, data, away }: Entry) =>
    `${sign} ${number} ${type} ${away === undefined ? data.replaceAll(/\r\n|\r|\n/g, '\\n') : t('(not in memory)')}`
  for (let i = 0; i < Math.min(rows.changes.length, MOST_ROWS); i += 1) {
    const { a, b } = rows.at(rows.changes[i] ?? 0)
    if (a !== -1) lines.push(line('-', base.entries.at(diff.entryOf('a', a))))
    if (b !== -1) lines.push(line('+', other.entries.at(diff.entryOf('b', b))))
  }
  if (rows.changes.length > MOST_ROWS) lines.push(t('{n} more are left out.', { n: rows.changes.length - MOST_ROWS }))
  return lines.join('\n')
}
