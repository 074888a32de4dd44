import { useId } from 'preact/hooks'
import { t } from '../../lib/i18n/translate.ts'
import { joinUrl, splitUrl } from '../../lib/replay/editor/url.ts'
import { fillUrl } from '../../lib/replay/editor/url.ts'
import { hasVariables } from '../../lib/replay/editor/variables.ts'
import { describedBy, Problems } from './Problems.tsx'
import { editField, type Editing } from './editing.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'QUERY']

/** Method and URL. */
export function RequestLine({ editing }: { readonly editing: Editing }) {
  const { form, editor, variables } = editing
  const id = useId()
  const methodProblems = editing.problemsAt('method')
  const urlProblems = editing.problemsAt('url')
  const url = joinUrl(form.url)
  return (
    <div class="request-line">
      <input
        {...describedBy(methodProblems, `${id}-method-problems`)}
        class="method-field mono"
        type="text"
        aria-label={t('Method')}
        list={`${id}-methods`}
        autocomplete="off"
        spellcheck={false}
        value={form.method}
        onInput={(event) => editField(editing, 'method', event.currentTarget.value, true)}
      />
      <datalist id={`${id}-methods`}>
        {METHODS.map((method) => (
          <option key={method} value={method} />
        ))}
      </datalist>
      <input
        {...describedBy(urlProblems, `${id}-url-problems`)}
        class="url-field mono"
        type="text"
        inputMode="url"
        aria-label={t('URL')}
        autocomplete="off"
        spellcheck={false}
        value={url}
        onInput={(event) => {
          const text = event.currentTarget.value
          editor.edit((one) => ({ ...one, url: splitUrl(text, one.url.params) }), 'url')
        }}
      />
      {form.usesVariables && hasVariables(url) && (
        <p class="filled mono" title={t('With the variables filled in')}>
          → {fillUrl(form.url, variables).text}
        </p>
      )}
      <Problems editing={editing} problems={methodProblems} id={`${id}-method-problems`} />
      <Problems editing={editing} problems={urlProblems} id={`${id}-url-problems`} />
    </div>
  )
}
