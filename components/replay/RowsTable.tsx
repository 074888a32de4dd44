import type { ComponentChildren } from 'preact'
import { useId, useRef } from 'preact/hooks'
import { t } from '../../lib/i18n/translate.ts'
import { newId } from '../../lib/replay/editor/params.ts'
import type { FormProblem } from '../../lib/replay/editor/to-plan.ts'
import { IconButton } from '../parts/IconButton.tsx'
import { describedBy, Problems } from './Problems.tsx'
import { filledTitle, type Editing } from './editing.ts'
import { TextCell } from './TextCell.tsx'

export interface NamedRow {
  readonly id: number
  readonly name: string
  readonly value: string
  readonly on: boolean
}

export interface RowsActions {
  readonly onChange: (id: number, change: { readonly name?: string; readonly value?: string }) => void
  readonly onSwitch: (id: number, on: boolean) => void
  readonly onRemove: (id: number) => void
  readonly onAdd: (row: NamedRow) => void
}

interface RowsTableProps extends RowsActions {
  readonly editing: Editing
  /** What the table is: "Headers". */
  readonly label: string
  readonly rows: readonly NamedRow[]
  /** In the place of a row's value; null where it is a text. */
  readonly fieldFor?: (id: number) => ComponentChildren
  readonly problemsOf?: (id: number) => readonly FormProblem[]
  /** Suggestions for names. */
  readonly names?: readonly string[]
}

/** Names and values to edit. The last row is empty: what is typed there becomes one. */
export function RowsTable({ label, rows, names = [], ...rest }: RowsTableProps) {
  const id = useId()
  const table = useRef<HTMLTableElement>(null)
  // The empty row has its id already, so that it keeps the focus when it becomes a row.
  const next = useRef(newId())
  const add = (row: NamedRow) => {
    next.current = newId()
    rest.onAdd(row)
  }
  const remove = (row: NamedRow, index: number) => {
    // Of the rows, the one below goes up.
    const fields = table.current?.querySelectorAll<HTMLElement>('.cell-name :is(input, textarea)')
    fields?.[index + 1]?.focus()
    rest.onRemove(row.id)
  }
  const all = [...rows, { id: next.current, name: '', value: '', on: true }]
  return (
    <>
      <table ref={table} class="rows-table" aria-label={label}>
        <tbody>
          {all.map((row, index) => (
            <Row
              key={row.id}
              {...rest}
              row={row}
              n={index + 1}
              isNew={index === rows.length}
              list={names.length === 0 ? {} : { list: `${id}-names` }}
              onAdd={add}
              onRemove={() => remove(row, index)}
            />
          ))}
        </tbody>
      </table>
      {names.length > 0 && (
        <datalist id={`${id}-names`}>
          {names.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      )}
    </>
  )
}

interface RowProps extends Omit<RowsTableProps, 'label' | 'rows' | 'names'> {
  readonly row: NamedRow
  /** Counts from 1. */
  readonly n: number
  readonly isNew: boolean
  readonly list: { readonly list?: string }
}

function Row({ editing, row, n, isNew, list, fieldFor, problemsOf, ...actions }: RowProps) {
  const id = useId()
  const problems = isNew ? [] : (problemsOf?.(row.id) ?? [])
  const described = describedBy(problems, id)
  const change = (to: { readonly name?: string; readonly value?: string }) =>
    isNew ? actions.onAdd({ ...row, ...to }) : actions.onChange(row.id, to)
  const own = isNew ? null : (fieldFor?.(row.id) ?? null)
  return (
    <tr class={row.on ? '' : 'is-off'}>
      <td class="cell-on">
        {!isNew && (
          <input
            type="checkbox"
            aria-label={t('Row {n}: send it', { n })}
            checked={row.on}
            onChange={(event) => actions.onSwitch(row.id, event.currentTarget.checked)}
          />
        )}
      </td>
      <td class="cell-name">
        <TextCell
          {...list}
          {...described}
          label={isNew ? t('Name of a new row') : t('Row {n}: name', { n })}
          placeholder={isNew ? t('Name') : ''}
          title={filledTitle(editing, row.name)}
          value={row.name}
          onInput={(name) => change({ name })}
        />
      </td>
      <td class="cell-value">
        {own ?? (
          <TextCell
            {...described}
            label={isNew ? t('Value of a new row') : t('Row {n}: value', { n })}
            placeholder={isNew ? t('Value') : ''}
            title={filledTitle(editing, row.value)}
            value={row.value}
            onInput={(value) => change({ value })}
          />
        )}
        <Problems editing={editing} problems={problems} id={id} />
      </td>
      <td class="cell-remove">
        {!isNew && (
          <IconButton
            icon="close"
            label={t('Row {n}: remove', { n })}
            title={t('Remove')}
            onClick={() => actions.onRemove(row.id)}
          />
        )}
      </td>
    </tr>
  )
}
