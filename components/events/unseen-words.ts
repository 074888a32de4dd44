import { tn } from '../../lib/i18n/translate.ts'
import { formatCount } from '../parts/format.ts'

/** What a search could not look at, to be put after its result; empty if it saw all. */
export function unseenWords(count: number): string {
  if (count === 0) return ''
  const words = tn(count, '{n} not looked at: its text was dropped', '{n} not looked at: their texts were dropped', {
    n: formatCount(count),
  })
  return ` · ${words}`
}
