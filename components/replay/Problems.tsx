import { t } from '../../lib/i18n/translate.ts'
import type { FormProblem } from '../../lib/replay/editor/to-plan.ts'
import { editField, type Editing } from './editing.ts'

interface ProblemsProps {
  readonly editing: Editing
  readonly problems: readonly FormProblem[]
  /** The field's `aria-describedby`. */
  readonly id?: string
}

/** What is wrong at one place, and the way on. */
export function Problems({ editing, problems, id }: ProblemsProps) {
  if (problems.length === 0) return null
  return (
    <ul class="problems" id={id}>
      {problems.map(({ severity, message, values, wayOn }) => (
        <li key={`${message} ${JSON.stringify(values)}`} class={severity === 'error' ? 'bad' : 'warn'}>
          {t(message, values)}
          {wayOn === 'extension' && (
            <>
              {' '}
              <button type="button" class="link" onClick={() => editField(editing, 'way', 'extension')}>
                {t('Send as the extension')}
              </button>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

/** What a field needs so that its problems are said with it. */
export function describedBy(problems: readonly FormProblem[], id: string) {
  if (problems.length === 0) return {}
  return { 'aria-describedby': id, 'aria-invalid': problems.some(({ severity }) => severity === 'error') }
}
