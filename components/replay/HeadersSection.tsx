import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { t } from '../../lib/i18n/translate.ts'
import type { HeaderPair } from '../../lib/protocol.ts'
import { type HeaderRow, mapRows, toHeaderRow } from '../../lib/replay/editor/form.ts'
import { parseHeaderText, toHeaderText } from '../../lib/replay/editor/header-text.ts'
import { HeaderSets } from './HeaderSets.tsx'
import { Problems } from './Problems.tsx'
import type { Editing } from './editing.ts'
import type { ReplayDesk } from './replay-desk.ts'
import { RowsTable } from './RowsTable.tsx'

/** Often set by hand. */
const NAMES = [
  'Accept',
  'Accept-Language',
  'Authorization',
  'Cache-Control',
  'Content-Type',
  'Cookie',
  'Idempotency-Key',
  'Last-Event-ID',
  'Origin',
  'Referer',
  'User-Agent',
  'X-API-Key',
  'X-Request-ID',
]

interface HeadersSectionProps {
  readonly editing: Editing
  readonly desk: ReplayDesk
  /** What went over the wire, where it is known. */
  readonly wireHeaders: readonly HeaderPair[] | null
  /** The last event id that the original had; empty for none. */
  readonly lastEventId: string
}

/** Headers as a table, or as text for many at once. */
export function HeadersSection({ editing, desk, wireHeaders, lastEventId }: HeadersSectionProps) {
  const { form, editor } = editing
  const asText = useSignal(false)
  const edit = (change: (rows: readonly HeaderRow[]) => readonly HeaderRow[], what = '') =>
    editor.edit((one) => ({ ...one, headers: change(one.headers) }), what)
  // What is typed stands as it is typed, until something else changes the headers.
  const typed = useRef('')
  const current = toHeaderText(form.headers)
  const text = toHeaderText(parseHeaderText(typed.current)) === current ? typed.current : current
  const has = (name: string) => form.headers.some((row) => row.name.toLowerCase() === name.toLowerCase())
  const unsent = form.headers.filter(({ id }) => editing.problemsAt(`header ${id}`).some(({ wayOn }) => wayOn))
  const unseen = (wireHeaders ?? []).filter(([name]) => !has(name))
  return (
    <>
      <div class="buttons part-bar">
        <button
          type="button"
          class="text-button"
          aria-pressed={asText.value}
          onClick={() => (asText.value = !asText.value)}
        >
          {t('As text')}
        </button>
        {unseen.length > 0 && (
          <button
            type="button"
            class="text-button"
            title={unseen.map(([name]) => name).join('\n')}
            onClick={() => edit((rows) => [...rows, ...unseen.map((header) => toHeaderRow(header))])}
          >
            {t('Add what the browser added ({n})', { n: unseen.length })}
          </button>
        )}
        {unsent.length > 1 && (
          <button
            type="button"
            class="text-button"
            title={unsent.map(({ name }) => name).join('\n')}
            onClick={() => edit((rows) => rows.map((row) => (unsent.includes(row) ? { ...row, on: false } : row)))}
          >
            {t('Switch off what a page cannot set ({n})', { n: unsent.length })}
          </button>
        )}
        {lastEventId !== '' && !has('Last-Event-ID') && (
          <button
            type="button"
            class="text-button"
            title={toHeaderText([toHeaderRow(['Last-Event-ID', lastEventId])])}
            onClick={() => edit((rows) => [...rows, toHeaderRow(['Last-Event-ID', lastEventId])])}
          >
            {t('Go on after the last event')}
          </button>
        )}
        <HeaderSets headers={form.headers} desk={desk} onApply={(change) => edit(change)} />
      </div>
      {asText.value ? (
        <textarea
          class="wide-text mono"
          aria-label={t('Headers as text, one in each line; // switches one off')}
          rows={Math.max(4, form.headers.length + 1)}
          spellcheck={false}
          value={text}
          onInput={(event) => {
            const next = event.currentTarget.value
            typed.current = next
            edit((rows) => parseHeaderText(next, rows), 'header text')
          }}
        />
      ) : (
        <RowsTable
          editing={editing}
          label={t('Headers')}
          rows={form.headers}
          names={NAMES}
          problemsOf={(id) => editing.problemsAt(`header ${id}`)}
          onChange={(id, change) =>
            edit(
              (rows) => mapRows(rows, id, (row) => ({ ...row, ...change })),
              `header ${id} ${Object.keys(change).join('')}`,
            )
          }
          onSwitch={(id, on) => edit((rows) => mapRows(rows, id, (row) => ({ ...row, on })))}
          onRemove={(id) => edit((rows) => mapRows(rows, id, () => null))}
          onAdd={(row) => edit((rows) => [...rows, row])}
        />
      )}
      {asText.value &&
        form.headers.map((row) => (
          <Problems key={row.id} editing={editing} problems={editing.problemsAt(`header ${row.id}`)} />
        ))}
      <Problems editing={editing} problems={editing.problemsAt('headers')} />
    </>
  )
}
