/** What changed from one text to another, line by line; JSON is compared as it reads when indented. */
import { diffLines } from 'diff'
import { parseJson, toCopyText } from './json-tree.ts'
import { tn } from '../../lib/i18n/translate.ts'

export interface DiffLine {
  readonly change: 'same' | 'added' | 'removed' | 'left out'
  readonly text: string
}

/** Texts that differ all over could take minutes. */
const TIMEOUT_MS = 200
/** Longer texts are not compared: indenting them alone would be felt. */
const LENGTH_LIMIT = 1_000_000
/** Lines kept around a change. */
const CONTEXT_LINES = 3

/** Null if the texts are too long, or too different to be compared in time. */
export function toDiffLines(before: string, after: string): readonly DiffLine[] | null {
  if (before.length + after.length > LENGTH_LIMIT) return null
  const changes = diffLines(toLined(before), toLined(after), { timeout: TIMEOUT_MS })
  if (changes === undefined) return null
  return changes.flatMap(({ value, added, removed }, index) => {
    const lines = value.replace(/\n$/, '').split('\n')
    if (added || removed) return lines.map((text): DiffLine => ({ change: added ? 'added' : 'removed', text }))
    return shorten(lines, index === 0, index === changes.length - 1)
  })
}

function toLined(text: string): string {
  const value = parseJson(text)
  return `${value === undefined ? text : toCopyText(value)}\n`
}

/** Leaves out the middle of what did not change; nothing comes before the first line and after the last. */
function shorten(lines: readonly string[], isFirst: boolean, isLast: boolean): DiffLine[] {
  const head = isFirst ? 0 : CONTEXT_LINES
  const tail = isLast ? 0 : CONTEXT_LINES
  const same = (text: string): DiffLine => ({ change: 'same', text })
  const leftOut = lines.length - head - tail
  if (leftOut <= 1) return lines.map(same)
  const says: DiffLine = { change: 'left out', text: tn(leftOut, '{n} line is the same', '{n} lines are the same') }
  return [...lines.slice(0, head).map(same), says, ...lines.slice(lines.length - tail).map(same)]
}
