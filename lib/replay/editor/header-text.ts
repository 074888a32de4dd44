/** Headers as lines of text, for editing many at once. */
import { type HeaderRow, toHeaderRow } from './form.ts'

/** No header's name can begin so. */
const OFF = '// '

export function toHeaderText(rows: readonly HeaderRow[]): string {
  return rows.map(({ name, value, on }) => `${on ? '' : OFF}${name}: ${value}`).join('\n')
}

/**
 * Every line that is not empty becomes a row, whatever it is; rows of `before` keep their ids. Chromium's DevTools copies
 * names and values on lines of their own: those are put together.
 */
export function parseHeaderText(text: string, before: readonly HeaderRow[] = []): readonly HeaderRow[] {
  const lines = joinPairs(text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== ''))
  return lines.map((line, index) => {
    const on = !/^\s*\/\//.test(line)
    const bare = line.replace(/^\s*\/\/\s?/, '').trim()
    // HTTP/2's own names begin with a colon.
    const at = bare.indexOf(':', 1)
    const name = at === -1 ? bare : bare.slice(0, at).trim()
    const value = at === -1 ? '' : bare.slice(at + 1).trim()
    const old = before[index]
    return old === undefined ? toHeaderRow([name, value], on) : { ...old, name, value, on }
  })
}

function joinPairs(lines: readonly string[]): readonly string[] {
  const isName = (line: string) => /^:?[\w!#$%&'*+.^`|~-]+:$/.test(line)
  if (lines.length < 2 || lines.length % 2 === 1 || !lines.every((line, i) => i % 2 === 1 || isName(line))) return lines
  // A header without a value looks the same: only where every second line could be no header.
  if (!lines.some((line, i) => i % 2 === 1 && !line.includes(': '))) return lines
  return lines.flatMap((line, i) => (i % 2 === 0 ? [`${line} ${lines[i + 1] ?? ''}`] : []))
}
