import { useSignal } from '@preact/signals'
import { t } from '../../lib/i18n/translate.ts'
import { isVariableName } from '../../lib/replay/editor/variables.ts'
import { IconButton } from '../parts/IconButton.tsx'
import { editField, type Editing } from './editing.ts'
import type { Connection } from '../../lib/session/types.ts'
import type { ReplayDesk } from './replay-desk.ts'

interface VariablesSectionProps {
  readonly editing: Editing
  readonly desk: ReplayDesk
  readonly connection: Connection
  /** Names that the form uses and that have no value yet. */
  readonly wanted: readonly string[]
}

/** Values that stand under a name for `{{name}}`, for all requests of the site. */
export function VariablesSection({ editing, desk, connection, wanted }: VariablesSectionProps) {
  const { form, variables } = editing
  const newName = useSignal('')
  const set = (name: string, value: string) => desk.setVariables(connection, { ...variables, [name]: value })
  const remove = (name: string) => {
    const { [name]: _, ...others } = variables
    desk.setVariables(connection, others)
  }
  const names = [...new Set([...Object.keys(variables), ...wanted])]
  const isNew = isVariableName(newName.value) && !Object.hasOwn(variables, newName.value)
  const add = () => {
    if (!isNew) return
    set(newName.value, '')
    newName.value = ''
  }
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          checked={form.usesVariables}
          onChange={(event) => editField(editing, 'usesVariables', event.currentTarget.checked)}
        />
        {t('{example} stands for a variable', { example: '{{name}}' })}
      </label>
      {!form.usesVariables && (
        <p class="quiet">{t('Off: such text is sent as it stands. The original has some of its own.')}</p>
      )}
      <table class="rows-table" aria-label={t('Variables')} data-beside-form>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row" class="mono cell-name">
                {name}
              </th>
              <td class="cell-value">
                <input
                  type="text"
                  aria-label={t('Value of {name}', { name })}
                  autocomplete="off"
                  spellcheck={false}
                  placeholder={Object.hasOwn(variables, name) ? t('(empty)') : t('no value yet')}
                  value={Object.hasOwn(variables, name) ? variables[name] : ''}
                  onInput={(event) => set(name, event.currentTarget.value)}
                />
              </td>
              <td class="cell-remove">
                {Object.hasOwn(variables, name) && (
                  <IconButton
                    icon="close"
                    label={t('Remove {name}', { name })}
                    title={t('Remove')}
                    onClick={() => remove(name)}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <form
        class="buttons part-bar"
        data-beside-form
        onSubmit={(event) => {
          event.preventDefault()
          add()
        }}
      >
        <input
          type="text"
          class="short-field"
          aria-label={t('Name of a new variable')}
          placeholder={t('Name')}
          autocomplete="off"
          spellcheck={false}
          value={newName.value}
          onInput={(event) => (newName.value = event.currentTarget.value)}
        />
        <button type="submit" class="text-button" disabled={!isNew}>
          {t('Add')}
        </button>
        <label class="check" title={t('Else they are forgotten when the panel is closed. No export has them in it.')}>
          <input
            type="checkbox"
            checked={desk.isKept(connection)}
            onChange={(event) => desk.setKept(connection, event.currentTarget.checked)}
          />
          {t('Store them on this device')}
        </label>
      </form>
      {newName.value !== '' && !isVariableName(newName.value) && (
        <p class="bad" role="alert">
          {t('Names are made of letters, digits and _ . -')}
        </p>
      )}
    </>
  )
}
