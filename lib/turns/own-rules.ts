import { type ReadonlySignal, computed } from '@preact/signals'
import type { Format } from '../formats/format.ts'
import { toOwnFormat } from '../formats/own-rule/own-format.ts'
import { checkRule, isRuleError, type OwnRule } from '../formats/own-rule/own-rule.ts'

/** The user's rules as they lie in the storage; what is none, or no longer one, is left out. */
export function toOwnRules(stored: unknown): readonly OwnRule[] {
  if (!Array.isArray(stored)) return []
  const rules: OwnRule[] = []
  for (const given of stored) {
    const rule = checkRule(given)
    if (!isRuleError(rule) && !rules.some(({ name }) => name === rule.name)) rules.push(rule)
  }
  return rules
}

/** The formats that the rules make. */
export function toOwnFormats(rules: ReadonlySignal<readonly OwnRule[]>): ReadonlySignal<readonly Format[]> {
  return computed(() => rules.value.map(toOwnFormat))
}
