/** Tables as text that is copied. */

type Cells = readonly string[]

/** Tab-separated, for a spreadsheet. */
export function toTsv(rows: readonly Cells[]): string {
  return rows.map((cells) => cells.map((cell) => cell.replaceAll(/[\t\r\n]+/g, ' ')).join('\t')).join('\n')
}

/** A Markdown table, for an issue; the first row is its head. */
export function toMarkdownTable([head, ...rows]: readonly Cells[]): string {
  if (head === undefined) return ''
  const line = (cells: Cells) =>
    `| ${cells.map((cell) => cell.replaceAll(/\r\n|\r|\n/g, ' ').replaceAll(/[|\\]/g, String.raw`\$&`)).join(' | ')} |`
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}
