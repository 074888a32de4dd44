import { t } from '../../lib/i18n/translate.ts'
import { type CompareProps, liveNote, toName, toShortName } from './compared.ts'
import { ComparedTable } from './ComparedTable.tsx'
import { CopyTable } from './CopyTable.tsx'
import { figureCells, figureTable } from './figure-table.ts'
import { NotedBar } from './NotedBar.tsx'
import { useFigures } from './use-figures.ts'

/** Figures side by side; each says what it differs by from the first. */
export function FiguresCompare({ compared, now }: CompareProps) {
  const { all } = compared
  const nowMs = all.some(({ alive }) => alive) ? now.value : 0
  const { measured, isDone } = useFigures(all, nowMs)
  const rows = figureTable(all, measured)
  return (
    <div class="view">
      <NotedBar note={isDone ? liveNote(all) : t('still counting …')}>
        <CopyTable rows={() => figureCells(all.map(toName), rows)} />
      </NotedBar>
      <div class="scroll view-body" tabIndex={0} role="group" aria-label={t('Figures')}>
        <ComparedTable
          caption={t('Figures side by side, with what they differ by from {first}', {
            first: toShortName(compared.base),
          })}
          isBusy={!isDone}
          head={[
            { text: t('Figure') },
            ...all.map((one) => ({ text: toName(one), title: `${one.open.method} ${one.open.url}` })),
          ]}
          rows={rows}
        />
      </div>
    </div>
  )
}
