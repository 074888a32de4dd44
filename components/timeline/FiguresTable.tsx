import { t } from '../../lib/i18n/translate.ts'
import type { Figure } from './figure-rows.ts'

/** Figures with how they are computed on hover, and for screen readers. `isDone` false: some are still being counted. */
export function FiguresTable({ figures, isDone }: { readonly figures: readonly Figure[]; readonly isDone: boolean }) {
  const hasSpan = figures.some(({ inSpan }) => inSpan !== null)
  return (
    <table class="figures" aria-busy={!isDone}>
      <caption>{isDone ? t('Figures') : t('Figures (still counting …)')}</caption>
      {hasSpan && (
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">{t('Figure')}</span>
            </th>
            <th scope="col">{t('Whole')}</th>
            <th scope="col">{t('Span')}</th>
          </tr>
        </thead>
      )}
      <tbody>
        {figures.map(({ name, how, whole, inSpan }) => (
          <tr key={name} title={how} data-figure={name}>
            <th scope="row">
              {t(name)}
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
