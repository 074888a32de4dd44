import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { t, tn } from '../../lib/i18n/translate.ts'
import type { Replayer } from '../../lib/replay/replay.ts'
import { toReplayRequest } from '../../lib/replay/request.ts'
import type { Connection } from '../../lib/session/types.ts'
import { BodySection } from './BodySection.tsx'
import { HeadersSection } from './HeadersSection.tsx'
import { OptionsSection } from './OptionsSection.tsx'
import { ParamsTable } from './ParamsTable.tsx'
import { PasteDialog } from './PasteDialog.tsx'
import { Problems } from './Problems.tsx'
import { ReplayBar } from './ReplayBar.tsx'
import type { ReplayDesk } from './replay-desk.ts'
import { RequestLine } from './RequestLine.tsx'
import { useEditing } from './use-editing.ts'
import { VariablesSection } from './VariablesSection.tsx'

interface ReplayViewProps {
  readonly connection: Connection
  readonly desk: ReplayDesk
  /** Null where nothing can be sent: the panel is not in DevTools. */
  readonly replayer: Replayer | null
  /** What was sent from here. */
  readonly children?: ComponentChildren
}

/** The request editor: the connection's request to be changed and sent again. */
export function ReplayView({ connection, desk, replayer, children }: ReplayViewProps) {
  void connection.version.value
  const root = useRef<HTMLDivElement>(null)
  const isPasting = useSignal(false)
  const notUnderstood = useSignal<readonly string[]>([])
  const { editing, planned, problems, wanted } = useEditing(connection, desk, replayer)
  const { editor, form } = editing
  const original = toReplayRequest(connection)
  const errors = problems.filter(({ severity }) => severity === 'error')

  const send = () => {
    if (replayer === null) return
    if (errors.length > 0) goToError(root.current)
    else replayer.send(planned.plan)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.ctrlKey && !event.metaKey) return
    // What is no part of the form has the field's own undo.
    const isBeside = event.target instanceof Element && event.target.closest('[data-beside-form]') !== null
    const key = event.key.toLowerCase()
    const act =
      key === 'enter' ? send : key === 'y' || (key === 'z' && event.shiftKey) ? editor.redo : key === 'z' && editor.undo
    if (act === false || isPasting.value || (isBeside && act !== send)) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  // Before the fields and the text editor, whose own undo would know a part only.
  useLayoutEffect(() => {
    const element = root.current
    element?.addEventListener('keydown', onKeyDown, true)
    return () => element?.removeEventListener('keydown', onKeyDown, true)
  })
  return (
    <div ref={root} class="view replay-view">
      <ReplayBar
        editing={editing}
        errorCount={errors.length}
        canSend={replayer !== null}
        onSend={send}
        onPaste={() => (isPasting.value = true)}
      />
      <div class="scroll view-body" tabIndex={0} role="group" aria-label={t('Request to send')}>
        <NotUnderstood sentences={notUnderstood} />
        <RequestLine editing={editing} />
        <Problems editing={editing} problems={editing.problemsAt('way')} />
        {children}
        <Part title={t('Query')} count={form.url.params.length} isOpen={form.url.params.length > 0}>
          <ParamsTable
            editing={editing}
            label={t('Query')}
            params={form.url.params}
            space="%20"
            onEdit={(change, what) =>
              editor.edit((one) => ({ ...one, url: { ...one.url, params: change(one.url.params) } }), what)
            }
          />
        </Part>
        <Part title={t('Headers')} count={form.headers.length} isOpen>
          <HeadersSection
            editing={editing}
            desk={desk}
            wireHeaders={original.wireHeaders}
            lastEventId={lastEventIdOf(connection)}
          />
        </Part>
        <Part title={t('Body')} isOpen={form.body.kind !== 'none' || form.body.missing !== ''}>
          <BodySection editing={editing} />
        </Part>
        <Part title={t('Options')} isOpen>
          <OptionsSection editing={editing} />
        </Part>
        <Part title={t('Variables')} count={Object.keys(editing.variables).length} isOpen={wanted.length > 0}>
          <VariablesSection editing={editing} desk={desk} connection={connection} wanted={wanted} />
        </Part>
        {original.notes.length > 0 && (
          <Part title={t('What of the original is not known')} count={original.notes.length} isOpen={false}>
            <ul class="sentences">
              {original.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </Part>
        )}
      </div>
      {isPasting.value && (
        <PasteDialog
          editor={editor}
          onClose={(left) => {
            isPasting.value = false
            notUnderstood.value = left
          }}
        />
      )}
    </div>
  )
}

interface PartProps {
  readonly title: string
  readonly count?: number
  /** At first; then the user opens and closes it. */
  readonly isOpen: boolean
  readonly children: ComponentChildren
}

function Part({ title, count = 0, isOpen, children }: PartProps) {
  const details = useRef<HTMLDetailsElement>(null)
  // What turns up in it later is to be seen, and never folds away while it is edited.
  useLayoutEffect(() => {
    if (isOpen && details.current !== null) details.current.open = true
  }, [isOpen])
  return (
    <details ref={details} class="section">
      <summary>
        {title}
        {count > 0 && <span class="badge">{count}</span>}
      </summary>
      {children}
    </details>
  )
}

function NotUnderstood({ sentences }: { readonly sentences: { value: readonly string[] } }) {
  const { length } = sentences.value
  if (length === 0) return null
  return (
    <div class="notice" role="status">
      {tn(
        length,
        'One thing in the pasted text is not in the form:',
        '{n} things in the pasted text are not in the form:',
      )}
      <button type="button" class="text-button" onClick={() => (sentences.value = [])}>
        {t('Close')}
      </button>
      <ul>
        {sentences.value.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  )
}

/** The first field that has an error gets the focus, in a part that is folded, too. */
function goToError(root: HTMLElement | null): void {
  const said = root?.querySelector<HTMLElement>('.problems .bad')
  for (
    let part = said?.closest('details');
    part !== null && part !== undefined;
    part = part.parentElement?.closest('details')
  )
    part.open = true
  const field = root?.querySelector<HTMLElement>('[aria-invalid=true]')
  field?.focus()
  const shown = field ?? said
  shown?.scrollIntoView({ block: 'nearest' })
}

/** Of its last event; empty for none. */
function lastEventIdOf({ entries }: Connection): string {
  return entries.length === 0 ? '' : entries.at(entries.length - 1).id
}
