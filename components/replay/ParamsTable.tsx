import {
  editParam,
  type Param,
  readParam,
  type SpaceStyle,
  spaceStyleOf,
  toParam,
} from '../../lib/replay/editor/params.ts'
import { mapRows } from '../../lib/replay/editor/form.ts'
import type { Editing } from './editing.ts'
import { RowsTable } from './RowsTable.tsx'

interface ParamsTableProps {
  readonly editing: Editing
  readonly label: string
  readonly params: readonly Param[]
  /** How a space is written where nothing shows it. */
  readonly space: SpaceStyle
  /** `what` names the field that is typed in. */
  readonly onEdit: (change: (params: readonly Param[]) => readonly Param[], what?: string) => void
}

/** The pieces of a query, or of a body in the same encoding, read and written for people. */
export function ParamsTable({ editing, label, params, space, onEdit }: ParamsTableProps) {
  return (
    <RowsTable
      editing={editing}
      label={label}
      rows={params.map((param) => ({ id: param.id, on: param.on, ...readParam(param) }))}
      onChange={(id, change) =>
        onEdit(
          (all) => mapRows(all, id, (param) => editParam(param, change, spaceStyleOf(all, space))),
          `${label} ${id} ${Object.keys(change).join('')}`,
        )
      }
      onSwitch={(id, on) => onEdit((all) => mapRows(all, id, (param) => ({ ...param, on })))}
      onRemove={(id) => onEdit((all) => mapRows(all, id, () => null))}
      onAdd={({ id, name, value }) =>
        onEdit((all) => [
          ...all,
          editParam({ ...toParam(''), id }, { name, ...(value !== '' && { value }) }, spaceStyleOf(all, space)),
        ])
      }
    />
  )
}
