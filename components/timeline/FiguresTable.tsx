import type { Figure } from './figure-rows.ts'

/** Figures with how they are computed on hover, and for screen readers. `isDone` false: some are still being counted. */
export function FiguresTable({ figures, isDone }: { readonly figures: readonly Figure[]; readonly isDone: boolean }) {
  const hasSpan = figures.some(({ inSpan }) => inSpan !== null)
  return (
    <table class="figures" aria-busy={!isDone}>
      <caption>Figures{isDone ? '' : ' (still counting …)'}</caption>
      {hasSpan && (
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">Figure</span>
            </th>
            <th scope="col">Whole</th>
            <th scope="col">Span</th>
          </tr>
        </thead>
      )}
      <tbody>
        {figures.map(({ name, how, whole, inSpan }) => (
          <tr key={name} title={how} data-figure={name}>
            <th scope="row">
              {name}
              <span class="visually-hidden">: {how}</span>
            </th>
            <td>{whole}</td>
            {hasSpan && <td>{inSpan ?? ''}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
