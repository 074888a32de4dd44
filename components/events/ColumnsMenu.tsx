import { useId } from 'preact/hooks'
import { type EventColumn, type EventsTable, FIRST_EVENTS_TABLE, moveColumn } from '../../lib/events-table.ts'
import { msg, t } from '../../lib/i18n/translate.ts'
import { IconButton } from '../parts/IconButton.tsx'
import { COLUMN_FACTS } from './columns.ts'

const LONG_NAMES: Partial<Record<EventColumn, string>> = { number: msg('# (number)'), delta: msg('Δ (gap)') }

interface ColumnsMenuProps {
  readonly table: EventsTable
  /** Those that are there: others may be left out for want of room. */
  readonly shown: readonly EventColumn[]
  readonly onChange: (table: EventsTable) => void
}

/** Which columns there are, in which order, and where the open event stands. */
export function ColumnsMenu({ table, shown, onChange }: ColumnsMenuProps) {
  const id = useId()
  const isHidden = (column: EventColumn) => table.hidden.includes(column)
  const toggle = (column: EventColumn) => {
    const hidden = isHidden(column) ? table.hidden.filter((one) => one !== column) : [...table.hidden, column]
    onChange({ ...table, hidden })
  }
  const detail = (value: EventsTable['detail'], name: string) => (
    <label class="check">
      <input
        type="radio"
        name={id}
        checked={table.detail === value}
        onChange={() => onChange({ ...table, detail: value })}
      />
      {name}
    </label>
  )
  return (
    <>
      <IconButton
        icon="table"
        popovertarget={id}
        aria-haspopup="dialog"
        label={t('Columns')}
        title={t('Columns, and where the open event stands')}
      />
      <div id={id} popover="auto" class="popover columns-menu" role="dialog" aria-label={t('Columns')}>
        <fieldset>
          <legend>{t('Columns')}</legend>
          {table.order.map((column) => {
            const name = t(LONG_NAMES[column] ?? COLUMN_FACTS[column].name)
            const hasNoRoom = !isHidden(column) && !shown.includes(column)
            return (
              <div key={column} class="columns-line">
                <label class="check">
                  <input
                    type="checkbox"
                    checked={!isHidden(column)}
                    disabled={column === 'data'}
                    onChange={() => toggle(column)}
                  />
                  {name}
                  {hasNoRoom && <span class="quiet"> {t('no room')}</span>}
                </label>
                <IconButton
                  icon="down"
                  label={t('Move {name} to the left', { name })}
                  title={t('To the left')}
                  disabled={isHidden(column)}
                  onClick={() => onChange(moveColumn(table, column, -1))}
                />
                <IconButton
                  icon="down"
                  class="up"
                  label={t('Move {name} to the right', { name })}
                  title={t('To the right')}
                  disabled={isHidden(column)}
                  onClick={() => onChange(moveColumn(table, column, 1))}
                />
              </div>
            )
          })}
        </fieldset>
        <fieldset>
          <legend>{t('Open event')}</legend>
          {detail('auto', t('Where there is room'))}
          {detail('beside', t('Beside the list'))}
          {detail('below', t('Below the list'))}
        </fieldset>
        <button type="button" class="text-button" onClick={() => onChange(FIRST_EVENTS_TABLE)}>
          {t('Reset')}
        </button>
      </div>
    </>
  )
}
