import type { ComponentChildren } from 'preact'

interface TableHead {
  readonly text: string
  /** What is said of it where a pointer rests on it. */
  readonly title?: string
}

export interface TableCell {
  readonly text: string
  /** Said after it, less loud. */
  readonly by?: string
  readonly differs?: boolean
}

export interface TableRow {
  /** Of this row alone. */
  readonly name: string
  readonly cells: readonly TableCell[]
  /** Stands at the end of the row, for those who see it. */
  readonly plot?: ComponentChildren
}

interface ComparedTableProps {
  readonly caption: string
  /** Besides that of all such tables. */
  readonly class?: string
  /** Its figures are still being counted. */
  readonly isBusy?: boolean
  /** That of the names first. */
  readonly head: readonly TableHead[]
  readonly rows: readonly TableRow[]
}

/** Names down the left, which stay in view, and for each what the compared connections have. */
export function ComparedTable({ caption, class: own = '', isBusy = false, head, rows }: ComparedTableProps) {
  const hasPlots = rows.some(({ plot }) => plot !== undefined)
  return (
    <table class={`compare-figures ${own}`.trim()} aria-busy={isBusy}>
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {head.map(({ text, title }, index) => (
            <th key={index} scope="col" title={title}>
              {text}
            </th>
          ))}
          {hasPlots && <td class="compare-plot" aria-hidden="true" />}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, cells, plot }) => (
          <tr key={name} data-figure={name}>
            <th scope="row" title={name}>
              {name}
            </th>
            {cells.map(({ text, by = '', differs = false }, index) => (
              <td key={index} class={differs ? 'differs' : ''}>
                {text}
                {by !== '' && <span class="compare-by"> {by}</span>}
              </td>
            ))}
            {hasPlots && (
              <td class="compare-plot" aria-hidden="true">
                {plot}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
