/** A rule of the user's own, for streams whose format nobody knows: where in an event the text is. */
import { t } from '../../i18n/translate.ts'
import { isObject, parseJson, toText } from '../json/json.ts'
import { parseJsonPath, selectAll, toJsonPath } from '../json/json-path.ts'

export interface OwnRule {
  /** Given by the user, unique among their rules. */
  readonly name: string
  /** Only streams whose URL has this in it; empty for all. */
  readonly url: string
  /** JSONPaths into an event's data: what is added to the answer, to the reasoning, and why it stopped. Empty for none. */
  readonly text: string
  readonly reasoning: string
  readonly finish: string
  /** Data of the event that ends the stream, such as `[DONE]`; empty for none. */
  readonly done: string
}

/** What is wrong with a rule, for people; with the field where it is one's fault. */
export interface RuleError {
  readonly field: keyof OwnRule | ''
  readonly error: string
}

const FIELDS = ['name', 'url', 'text', 'reasoning', 'finish', 'done'] as const
const PATHS = ['text', 'reasoning', 'finish'] as const
const LONGEST = 1_000

export function isRuleError(value: object): value is RuleError {
  return 'error' in value
}

/** Checks what a user wrote, or a file has, field by field. Missing fields are empty ones. */
export function checkRule(value: unknown): OwnRule | RuleError {
  if (!isObject(value)) return { field: '', error: t('A rule is an object') }
  const known: readonly string[] = FIELDS
  const strange = Object.keys(value).find((name) => !known.includes(name))
  if (strange !== undefined) return { field: '', error: t('A rule has no field {name}', { name: strange }) }
  for (const field of FIELDS) {
    const given = value[field]
    if (given !== undefined && typeof given !== 'string') return { field, error: t('{field} is not text', { field }) }
    if (typeof given === 'string' && given.length > LONGEST)
      return { field, error: t('{field} is too long', { field }) }
  }
  const [name, url, text, reasoning, finish, done] = FIELDS.map((field) => toText(value[field]).trim())
  const rule = { name, url, text, reasoning, finish, done } as OwnRule
  if (rule.name === '') return { field: 'name', error: t('A rule has a name') }
  if (rule.text === '' && rule.reasoning === '')
    return { field: 'text', error: t('A rule has a path to text or reasoning') }
  for (const field of PATHS) {
    const path = rule[field] === '' ? null : parseJsonPath(rule[field])
    if (path !== null && 'error' in path)
      return { field, error: t('{error} (at character {n})', { error: path.error, n: path.at + 1 }) }
  }
  return rule
}

/** The version of the file that rules are kept in. */
const FILE_VERSION = 1

export function toRulesJson(rules: readonly OwnRule[]): string {
  return JSON.stringify({ streamscopeRules: FILE_VERSION, rules }, null, 2)
}

/** Reads what `toRulesJson` wrote, or says which rule is wrong. All or nothing. */
export function parseRules(json: string): readonly OwnRule[] | RuleError {
  const file = parseJson(json)
  if (file === undefined) return { field: '', error: t('The file is not JSON') }
  if (!isObject(file) || !Array.isArray(file['rules']) || file['streamscopeRules'] === undefined) {
    return { field: '', error: t('The file has no rules of Streamscope') }
  }
  if (file['streamscopeRules'] !== FILE_VERSION) {
    return { field: '', error: t('The file was written by another version of Streamscope') }
  }
  const rules: OwnRule[] = []
  for (const [index, given] of file['rules'].entries()) {
    const rule = checkRule(given)
    if (isRuleError(rule)) return { ...rule, error: t('Rule {n}: {error}', { n: index + 1, error: rule.error }) }
    if (rules.some(({ name }) => name === rule.name)) {
      return {
        field: 'name',
        error: t('Rule {n}: there are two rules named {name}', { n: index + 1, name: rule.name }),
      }
    }
    rules.push(rule)
  }
  return rules
}

/** Names that servers give to why an answer stopped. */
const FINISH_NAME = /^(?:finish|stop|end)_?reason$|^(?:is_?)?(?:done|finished|final)$/i

/**
 * A rule made by pointing: `steps` lead to the piece of text in the JSON of an event. Where the same event says why the
 * answer stopped, the rule takes that too. Name and URL are for the user to give.
 */
export function ruleFromEvent(json: string, steps: readonly (string | number)[]): OwnRule | RuleError {
  const value = parseJson(json)
  if (value === undefined) return { field: '', error: t('The event is not JSON') }
  const text = toJsonPath(steps)
  const path = parseJsonPath(text)
  const [found] = 'error' in path ? [] : selectAll(value, path)
  if (typeof found !== 'string') return { field: 'text', error: t('At {path} the event has no text', { path: text }) }
  return { name: t('My rule'), url: '', text, reasoning: '', finish: findFinish(value, []) ?? '', done: '' }
}

/** Nearest to the top; objects of other streams are rarely deeper than this. */
const DEEPEST = 6

function findFinish(value: unknown, steps: readonly (string | number)[]): string | null {
  if (steps.length > DEEPEST) return null
  const entries: (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.slice(0, 1).entries()]
    : isObject(value)
      ? Object.entries(value)
      : []
  const own = entries.find(([name]) => typeof name === 'string' && FINISH_NAME.test(name))
  if (own !== undefined) return toJsonPath([...steps, own[0]])
  for (const [name, inner] of entries) {
    const found = findFinish(inner, [...steps, name])
    if (found !== null) return found
  }
  return null
}
