import { useSignal } from '@preact/signals'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { checkRule, isRuleError, type OwnRule, parseRules, toRulesJson } from '../../lib/formats/own-rule/own-rule.ts'
import { msg, t } from '../../lib/i18n/translate.ts'
import type { PanelState, RuleStart } from '../panel/panel-state.ts'
import { CopyButton } from '../parts/CopyButton.tsx'
import { toOneLine } from '../parts/format.ts'
import { leavesOf, pointRule, type RuleUse, toFirstDraft } from './rule-draft.ts'

const USES: readonly (readonly [use: RuleUse, label: string])[] = [
  ['text', msg('Text of the answer')],
  ['reasoning', msg('Reasoning')],
  ['finish', msg('Finish reason')],
]

const FIELDS: readonly (readonly [field: keyof OwnRule, label: string, hint: string])[] = [
  ['name', msg('Name'), msg('My server')],
  ['url', msg('Only URLs with'), msg('all, if empty')],
  ['text', msg('Text'), '$.delta.text'],
  ['reasoning', msg('Reasoning'), msg('JSONPath, or empty')],
  ['finish', msg('Finish reason'), msg('JSONPath, or empty')],
  ['done', msg('Data of the last event'), msg('[DONE], or empty')],
]

/** The user's own rules: where in an event the text is. Opened with an event, one is made by pointing at a text in it. */
export function RulesDialog({ state }: { readonly state: PanelState }) {
  const asked = state.rulesFor.value
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    if (asked !== null && dialog.current?.open === false) dialog.current.showModal()
  }, [asked])
  if (asked === null) return null
  return (
    <dialog
      ref={dialog}
      class="rules-dialog"
      aria-label={t('Rules for chat formats')}
      onClose={() => (state.rulesFor.value = null)}
      onKeyDown={(event) => {
        // DevTools would open its drawer.
        if (event.key === 'Escape') event.stopPropagation()
      }}
    >
      <Rules state={state} start={asked} onClose={() => dialog.current?.close()} />
    </dialog>
  )
}

interface RulesProps {
  readonly state: PanelState
  readonly start: RuleStart
  readonly onClose: () => void
}

function Rules({ state, start, onClose }: RulesProps) {
  const rules = state.ownRules.value
  const leaves = useMemo(() => leavesOf(start), [start])
  const first = useMemo(() => toFirstDraft(start), [start])
  const draft = useSignal<OwnRule>(first.rule)
  const use = useSignal<RuleUse>(first.use)
  const error = useSignal('')
  const imported = useSignal('')

  const save = () => {
    const rule = checkRule(draft.value)
    error.value = isRuleError(rule) ? rule.error : ''
    if (isRuleError(rule)) return
    state.setOwnRules([...rules.filter(({ name }) => name !== rule.name), rule])
    onClose()
  }
  const takeImport = () => {
    const read = parseRules(imported.value)
    error.value = 'error' in read ? read.error : ''
    if ('error' in read) return
    const names = new Set(read.map(({ name }) => name))
    state.setOwnRules([...rules.filter(({ name }) => !names.has(name)), ...read])
    imported.value = ''
  }
  const point = (steps: readonly (string | number)[]) => {
    draft.value = pointRule(draft.value, start.json, steps, use.value)
    error.value = ''
  }
  return (
    <form
      method="dialog"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <h3>{t('Rules for chat formats')}</h3>
      <p class="quiet">
        {t('A rule says where in an event’s JSON the text is. Rules come before the formats that are known.')}
      </p>
      {rules.length > 0 && (
        <ul class="rules" aria-label={t('Your rules')}>
          {rules.map((rule) => (
            <li key={rule.name}>
              <button type="button" class="link" title={t('Change it')} onClick={() => (draft.value = rule)}>
                {rule.name}
              </button>
              <code>{rule.text || rule.reasoning}</code>
              <button
                type="button"
                class="text-button"
                aria-label={t('Remove {name}', { name: rule.name })}
                onClick={() => state.setOwnRules(rules.filter((other) => other !== rule))}
              >
                {t('Remove')}
              </button>
            </li>
          ))}
        </ul>
      )}
      {leaves.length > 0 && (
        <fieldset class="leaves">
          <legend>{t('Which of the event’s values is it?')}</legend>
          <p class="uses">
            {USES.map(([name, label]) => (
              <label key={name} class="check">
                <input type="radio" name="use" checked={use.value === name} onChange={() => (use.value = name)} />
                {t(label)}
              </label>
            ))}
          </p>
          {leaves.map(({ path, steps, text }) => (
            <label key={path} class="leaf">
              <input type="radio" name="leaf" checked={draft.value[use.value] === path} onChange={() => point(steps)} />
              <code>{path}</code> <span class="quiet">{toOneLine(text, 80)}</span>
            </label>
          ))}
        </fieldset>
      )}
      <div class="rule-fields">
        {FIELDS.map(([field, label, hint]) => (
          <label key={field}>
            <span>{t(label)}</span>
            <input
              type="text"
              name={field}
              placeholder={t(hint)}
              value={draft.value[field]}
              onInput={(event) => (draft.value = { ...draft.value, [field]: event.currentTarget.value })}
            />
          </label>
        ))}
      </div>
      {error.value !== '' && <p role="alert">{error.value}</p>}
      <details>
        <summary>{t('Import')}</summary>
        <textarea
          aria-label={t('Rules as JSON')}
          value={imported.value}
          onInput={(event) => (imported.value = event.currentTarget.value)}
        />
        <button type="button" class="text-button" onClick={takeImport}>
          {t('Import these rules')}
        </button>
      </details>
      <p class="buttons">
        {rules.length > 0 && <CopyButton label={t('Copy all as JSON')} text={() => toRulesJson(rules)} />}
        <button type="button" class="text-button" onClick={onClose}>
          {t('Close')}
        </button>
        <button type="submit" class="text-button">
          {t('Save rule')}
        </button>
      </p>
    </form>
  )
}
