import { t } from '../../lib/i18n/translate.ts'
import { liveNote, toName, toShortName } from './compared.ts'
import { CopyTable } from './CopyTable.tsx'
import { figureCells, figureTable } from './figure-table.ts'
import type { CompareProps } from './PairSelect.tsx'
import { useFigures } from './use-figures.ts'

/** Figures side by side; each says what it differs by from the first. */
export function FiguresCompare({ compared, now }: CompareProps) {
  const { all } = compared
  const nowMs = all.some(({ alive }) => alive) ? now.value : 0
  const { measured, isDone } = useFigures(all, nowMs)
  const rows = figureTable(all, measured)
  const note = isDone ? liveNote(all) : t('still counting …')
  return (
    <div class="view">
      <div class="view-bar">
        <CopyTable rows={() => figureCells(all.map(toName), rows)} />
        <span class="view-count" role="status" title={note}>
          {note}
        </span>
      </div>
      <div class="scroll view-body" tabIndex={0} role="group" aria-label={t('Figures')}>
        <table class="compare-figures" aria-busy={!isDone}>
          <caption class="visually-hidden">
            {t('Figures side by side, with what they differ by from {first}', { first: toShortName(compared.base) })}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t('Figure')}</th>
              {all.map((connection) => (
                <th key={connection.key} scope="col" title={`${connection.open.method} ${connection.open.url}`}>
                  {toName(connection)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, cells, differs }) => (
              <tr key={name} data-figure={name} class={differs ? 'differs' : ''}>
                <th scope="row">{name}</th>
                {cells.map((cell, index) => (
                  <td key={index} class={cell.differs ? 'differs' : ''}>
                    {cell.text}
                    {cell.by !== '' && <span class="compare-by"> {cell.by}</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
