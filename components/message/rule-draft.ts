/** Makes and changes a rule by pointing at values of an event. */
import { parseJson } from '../../lib/formats/json/json.ts'
import { parseJsonPath, selectAll, toJsonPath } from '../../lib/formats/json/json-path.ts'
import { isRuleError, type OwnRule, ruleFromEvent } from '../../lib/formats/own-rule/own-rule.ts'
import { t } from '../../lib/i18n/translate.ts'
import type { RuleStart } from '../panel/panel-state.ts'
import { type TextLeaf, textLeavesOf } from './text-leaves.ts'

/** What a value that is pointed at is for. */
export type RuleUse = 'text' | 'reasoning' | 'finish'

const EMPTY: OwnRule = { name: '', url: '', text: '', reasoning: '', finish: '', done: '' }

/** The event's texts, after the value that was pointed at where it is none of them. */
export function leavesOf({ json, steps }: RuleStart): readonly TextLeaf[] {
  const leaves = textLeavesOf(json)
  const path = steps === null ? '' : toJsonPath(steps)
  if (steps === null || leaves.some((leaf) => leaf.path === path)) return leaves
  return [{ path, steps, text: JSON.stringify(valueAt(json, path)) ?? '' }, ...leaves]
}

/** The rule that the event is read by already, else a new one; with the value that was pointed at where it has a place for it. */
export function toFirstDraft({ json, steps, rule }: RuleStart): { readonly rule: OwnRule; readonly use: RuleUse } {
  const draft = rule ?? EMPTY
  if (steps === null) return { rule: draft, use: 'text' }
  const path = toJsonPath(steps)
  const uses: readonly RuleUse[] =
    typeof valueAt(json, path) === 'string' ? ['text', 'reasoning', 'finish'] : ['finish']
  const known = uses.find((use) => draft[use] === path)
  if (known !== undefined) return { rule: draft, use: known }
  const free = uses.find((use) => draft[use] === '')
  return free === undefined
    ? { rule: draft, use: uses[0] ?? 'text' }
    : { rule: pointRule(draft, json, steps, free), use: free }
}

/** The draft with a value of the event as its text, reasoning or finish reason; it is no more what it was before. */
export function pointRule(draft: OwnRule, json: string, steps: readonly (string | number)[], use: RuleUse): OwnRule {
  const path = toJsonPath(steps)
  const without = (has: string) => (has === path ? '' : has)
  // A new rule finds out by itself where the event says why the answer stopped.
  const guess = use === 'text' && draft.name === '' ? ruleFromEvent(json, steps) : draft
  const base = isRuleError(guess) ? draft : guess
  return {
    ...base,
    name: base.name === '' ? t('My rule') : base.name,
    text: without(base.text),
    reasoning: without(base.reasoning),
    finish: without(base.finish),
    [use]: path,
  }
}

function valueAt(json: string, text: string): unknown {
  const path = parseJsonPath(text)
  return 'error' in path ? undefined : selectAll(parseJson(json), path)[0]
}
