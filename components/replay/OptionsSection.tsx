import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { t } from '../../lib/i18n/translate.ts'
import { CACHES, CREDENTIALS, MODES, REDIRECTS, type ReplayForm, withAs } from '../../lib/replay/editor/form.ts'
import type { FormProblem } from '../../lib/replay/editor/to-plan.ts'
import { describedBy, Problems } from './Problems.tsx'
import { editField, type Editing } from './editing.ts'

const AS = { fetch: 'fetch', eventsource: 'EventSource' } as const

const listed = <Value extends string>(values: readonly Value[]): readonly (readonly [Value, string])[] =>
  values.map((value) => [value, value])
const named = <Value extends string>(names: Readonly<Record<Value, string>>) =>
  Object.entries(names) as unknown as readonly (readonly [Value, string])[]

/** What the Fetch standard calls options, and how often and how long. */
export function OptionsSection({ editing }: { readonly editing: Editing }) {
  return (
    <div class="option-fields">
      <Choice editing={editing} name="as" label={t('By')} values={named(AS)} />
      <Choice editing={editing} name="credentials" values={listed(CREDENTIALS)} />
      <Choice editing={editing} name="mode" values={listed(MODES)} />
      <Choice editing={editing} name="redirect" values={listed(REDIRECTS)} />
      <Choice editing={editing} name="cache" values={listed(CACHES)} />
      <TextOption editing={editing} name="referrer" />
      <TextOption editing={editing} name="timeoutMs" label={t('Timeout, in ms')} none={t('none')} />
      <TextOption editing={editing} name="stopEvents" label={t('Stop after events')} none={t('never')} />
      <TextOption editing={editing} name="stopMs" label={t('Stop after ms')} none={t('never')} />
      <TextOption editing={editing} name="times" label={t('How often')} none="1" />
      <TextOption editing={editing} name="atOnce" label={t('At once')} none="1" />
    </div>
  )
}

type ChoiceName = 'as' | 'credentials' | 'mode' | 'redirect' | 'cache'
type TextName = 'referrer' | 'timeoutMs' | 'stopEvents' | 'stopMs' | 'times' | 'atOnce'

interface ChoiceProps<Name extends ChoiceName> {
  readonly editing: Editing
  readonly name: Name
  /** The option's own name, unless given. */
  readonly label?: string
  readonly values: readonly (readonly [value: ReplayForm[Name], label: string])[]
}

function Choice<Name extends ChoiceName>({ editing, name, label = name, values }: ChoiceProps<Name>) {
  const problems = name === 'cache' ? [] : editing.problemsAt(name)
  return (
    <Labelled editing={editing} label={label} problems={problems}>
      {(described) => (
        <select
          {...described}
          value={editing.form[name]}
          onChange={(event) => {
            const value = event.currentTarget.value as ReplayForm[Name]
            editing.editor.edit((form) =>
              name === 'as' ? withAs(form, value as ReplayForm['as']) : { ...form, [name]: value },
            )
          }}
        >
          {values.map(([value, text]) => (
            <option key={value} value={value}>
              {t(text)}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}

interface TextOptionProps {
  readonly editing: Editing
  readonly name: TextName
  readonly label?: string
  readonly none?: string
}

function TextOption({ editing, name, label = name, none = '' }: TextOptionProps) {
  return (
    <Labelled editing={editing} label={label} problems={editing.problemsAt(name)}>
      {(described) => (
        <input
          {...described}
          type="text"
          inputMode={name === 'referrer' ? 'url' : 'numeric'}
          autocomplete="off"
          spellcheck={false}
          placeholder={none}
          value={editing.form[name]}
          onInput={(event) => editField(editing, name, event.currentTarget.value, true)}
        />
      )}
    </Labelled>
  )
}

interface LabelledProps {
  readonly editing: Editing
  readonly label: string
  readonly problems: readonly FormProblem[]
  readonly children: (described: ReturnType<typeof describedBy> & { readonly id: string }) => ComponentChildren
}

function Labelled({ editing, label, problems, children }: LabelledProps) {
  const id = useId()
  return (
    <div class="option-field">
      <label for={id}>{label}</label>
      {children({ ...describedBy(problems, `${id}-problems`), id })}
      <Problems editing={editing} problems={problems} id={`${id}-problems`} />
    </div>
  )
}
