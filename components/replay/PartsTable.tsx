import { t } from '../../lib/i18n/translate.ts'
import { type BodyForm, mapRows, type Part } from '../../lib/replay/editor/form.ts'
import { newId } from '../../lib/replay/editor/params.ts'
import type { Editing } from './editing.ts'
import { FileField } from './FileField.tsx'
import { RowsTable } from './RowsTable.tsx'

interface PartsTableProps {
  readonly editing: Editing
  readonly parts: readonly Part[]
  readonly onEdit: (change: (body: BodyForm) => BodyForm, what?: string) => void
}

/** The entries of a form with files. */
export function PartsTable({ editing, parts, onEdit }: PartsTableProps) {
  const edit = (change: (parts: readonly Part[]) => readonly Part[], what = '') =>
    onEdit((body) => ({ ...body, parts: change(body.parts) }), what)
  const fileOf = (id: number) => {
    const part = parts.find((one) => one.id === id)
    if (part?.kind !== 'file') return null
    return (
      <FileField
        label={t('File for {name}', { name: part.name })}
        file={part.file}
        wanted={[part.fileName, part.type].filter(Boolean).join(' · ')}
        onChoose={(file) =>
          edit((all) =>
            mapRows(all, id, (row) =>
              row.kind === 'file' ? { ...row, file, fileName: file.name, type: file.type } : row,
            ),
          )
        }
      />
    )
  }
  return (
    <>
      <RowsTable
        editing={editing}
        label={t('Form entries')}
        rows={parts.map((part) => ({ ...part, value: part.kind === 'text' ? part.value : '' }))}
        fieldFor={fileOf}
        problemsOf={(id) => editing.problemsAt(`part ${id}`)}
        onChange={(id, { name, value }) =>
          edit(
            (all) =>
              mapRows(all, id, (part) => ({
                ...part,
                ...(name !== undefined && { name }),
                ...(value !== undefined && part.kind === 'text' && { value }),
              })),
            `part ${id} ${name === undefined ? 'value' : 'name'}`,
          )
        }
        onSwitch={(id, on) => edit((all) => mapRows(all, id, (part) => ({ ...part, on })))}
        onRemove={(id) => edit((all) => mapRows(all, id, () => null))}
        onAdd={(row) => edit((all) => [...all, { ...row, kind: 'text' }])}
      />
      <p class="buttons">
        <button
          type="button"
          class="text-button"
          onClick={() =>
            edit((all) => [
              ...all,
              { id: newId(), name: 'file', on: true, kind: 'file', fileName: '', type: '', file: null },
            ])
          }
        >
          {t('Add a file')}
        </button>
      </p>
    </>
  )
}
