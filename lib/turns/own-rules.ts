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
