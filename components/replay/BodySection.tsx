import { useId } from 'preact/hooks'
import { msg, t } from '../../lib/i18n/translate.ts'
import { BODY_KINDS, type BodyForm, type BodyKind } from '../../lib/replay/editor/form.ts'
import { formatJson } from '../../lib/replay/editor/json-check.ts'
import { joinParams, parseParams } from '../../lib/replay/editor/params.ts'
import { fillIn, fillJson, hasVariables } from '../../lib/replay/editor/variables.ts'
import { filesMissing } from '../../lib/replay/editor/to-plan.ts'
import { CodeField } from './CodeField.tsx'
import type { Editing } from './editing.ts'
import { FileField } from './FileField.tsx'
import { ParamsTable } from './ParamsTable.tsx'
import { PartsTable } from './PartsTable.tsx'
import { Problems } from './Problems.tsx'

const KIND_NAMES: Readonly<Record<BodyKind, string>> = {
  none: msg('None'),
  json: 'JSON',
  text: msg('Text'),
  urlencoded: msg('Form fields (in the URL’s encoding)'),
  multipart: msg('Form with files (multipart)'),
  file: msg('Bytes of a file'),
}

/** The request's body, in the way that suits its kind. */
export function BodySection({ editing }: { readonly editing: Editing }) {
  const { form, editor } = editing
  const { body } = form
  const id = useId()
  const problems = editing.problemsAt('body')
  const edit = (change: (body: BodyForm) => BodyForm, what = '') =>
    editor.edit((one) => ({ ...one, body: change(one.body) }), what)
  return (
    <>
      <div class="buttons part-bar">
        <select
          aria-label={t('Kind of body')}
          aria-describedby={id}
          value={body.kind}
          onChange={(event) => {
            const kind = event.currentTarget.value as BodyKind
            edit((one) => ({ ...carryOver(one, kind), missing: '' }))
          }}
        >
          {BODY_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(KIND_NAMES[kind])}
            </option>
          ))}
        </select>
        {body.kind === 'json' && (
          <button
            type="button"
            class="text-button"
            disabled={body.text === '' || problems.some(({ severity }) => severity === 'warning')}
            onClick={() => edit((one) => ({ ...one, text: formatJson(one.text) ?? one.text }))}
          >
            {t('Format JSON')}
          </button>
        )}
        {body.missing !== '' && (
          <button type="button" class="text-button" onClick={() => edit((one) => ({ ...one, missing: '' }))}>
            {body.kind === 'none' ? t('Send it without a body') : t('Send what is here')}
          </button>
        )}
      </div>
      <Problems editing={editing} problems={problems} id={id} />
      <BodyField editing={editing} edit={edit} />
    </>
  )
}

interface BodyFieldProps {
  readonly editing: Editing
  readonly edit: (change: (body: BodyForm) => BodyForm, what?: string) => void
}

function BodyField({ editing, edit }: BodyFieldProps) {
  const { body } = editing.form
  switch (body.kind) {
    case 'none':
      return null
    case 'json':
    case 'text':
      return (
        <>
          <CodeField
            key={body.kind}
            label={t('Body')}
            language={body.kind}
            text={body.text}
            onChange={(text) => edit((one) => ({ ...one, text, missing: '' }), 'body')}
          />
          <Filled editing={editing} />
        </>
      )
    case 'urlencoded':
      return (
        <ParamsTable
          editing={editing}
          label={t('Form fields')}
          params={body.params}
          space="+"
          onEdit={(change, what) => edit((one) => ({ ...one, params: change(one.params), missing: '' }), what)}
        />
      )
    case 'multipart':
      return (
        <>
          {filesMissing(editing.form) !== '' && <p class="warn">{filesMissing(editing.form)}</p>}
          <PartsTable editing={editing} parts={body.parts} onEdit={edit} />
        </>
      )
    case 'file':
      return (
        <FileField
          label={t('File to send as the body')}
          file={body.file}
          onChoose={(file) => edit((one) => ({ ...one, file, missing: '' }))}
        />
      )
    default:
      return body.kind satisfies never
  }
}

/** The text with its variables filled in, where it has any. */
function Filled({ editing: { form, variables } }: { readonly editing: Editing }) {
  const { kind, text } = form.body
  if (!form.usesVariables || !hasVariables(text)) return null
  return (
    <details>
      <summary>{t('With the variables filled in')}</summary>
      <pre class="block">{(kind === 'json' ? fillJson(text, variables) : fillIn(text, variables)).text}</pre>
    </details>
  )
}

/** Another kind begins with what there is, where it has nothing of its own. */
function carryOver(body: BodyForm, kind: BodyKind): BodyForm {
  const isText = kind === 'json' || kind === 'text'
  if (isText && body.kind === 'urlencoded' && body.text === '') return { ...body, kind, text: joinParams(body.params) }
  if (kind === 'urlencoded' && body.params.length === 0 && /^[^\s{["]+$/.test(body.text))
    return { ...body, kind, params: parseParams(body.text) }
  return { ...body, kind }
}
