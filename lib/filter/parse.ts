/** Reads a filter text by a grammar. What is not finished yet says nothing; what is wrong is said with its place. */
import { parseJsonPath } from '../formats/json/json-path.ts'
import type { Condition, Filter, FilterError, Grammar, KeySpec, NumberRange, TextMatch } from './filter.ts'
import { toRange } from './numbers.ts'
import { type Token, toTokens, type Value } from './tokens.ts'
import { t } from '../i18n/translate.ts'

/** Null: not finished, says nothing. */
type Outcome = Condition | null | { readonly error: string }

export function parseFilter(text: string, grammar: Grammar): Filter {
  const terms: Filter['terms'][number][] = []
  const errors: FilterError[] = []
  for (const token of toTokens(text)) {
    const outcome = toCondition(token, grammar)
    if (outcome === null) continue
    if ('error' in outcome) errors.push({ message: outcome.error, from: token.from, to: token.to })
    else terms.push({ isNot: token.isNot, condition: outcome })
  }
  return { terms, errors }
}

function toCondition({ key, value }: Token, grammar: Grammar): Outcome {
  if (key === null) {
    const match = toTextMatch(value)
    return match === null || 'error' in match ? match : { kind: 'text', match }
  }
  // `localhost:3000` is no key but a host with its port.
  if (!grammar.hasPaths && findKey(grammar, key.text) === null && /^\d+(?:\/|$)/.test(value.text)) {
    return { kind: 'text', match: { how: 'contains', text: `${key.text}:${value.text}` } }
  }
  const spec = findKey(grammar, key.text)
  if (spec !== null) return toKeyCondition(spec, value)
  if (grammar.hasPaths && /[.[$]/.test(key.text)) return toPathCondition(key.text, value)
  return {
    error: grammar.hasPaths
      ? t('There is no key “{key}”; text with a colon goes in quotes. A field of the JSON is written .{key}:', {
          key: key.text,
        })
      : t('There is no key “{key}”; text with a colon goes in quotes.', { key: key.text }),
  }
}

export function findKey({ keys }: Grammar, name: string): KeySpec | null {
  const wanted = name.toLowerCase()
  return keys.find((spec) => spec.name === wanted) ?? null
}

function toKeyCondition(spec: KeySpec, value: Value): Outcome {
  const { name, takes } = spec
  if (typeof takes === 'object') return toChoice(spec, takes, value)
  if (takes === 'text') {
    const match = toTextMatch(value)
    return match === null || 'error' in match ? match : { kind: 'field', key: name, match }
  }
  const range = toRange(value.text, takes)
  return range === null || 'error' in range ? range : { kind: 'number', key: name, range }
}

/** Words may be cut short, as long as something begins with them; `timed-out` stands for `timed out`. */
function toChoice(spec: KeySpec, words: readonly string[], value: Value): Outcome {
  const asked = toWord(value.text)
  if (asked === '') return null
  const whole = words.filter((word) => toWord(word) === asked)
  const found = whole.length > 0 ? whole : words.filter((word) => toWord(word).startsWith(asked))
  if (found.length > 0) return { kind: 'choice', key: spec.name, words: found }
  if (spec.orPath === true) {
    const path = toPath(value.text)
    return 'error' in path ? path : { kind: 'has path', path }
  }
  return { error: t('“{key}:” takes {words}', { key: spec.name, words: words.map(toWord).join(', ') }) }
}

export function toWord(text: string): string {
  return text.toLowerCase().replaceAll(' ', '-')
}

function toPathCondition(text: string, value: Value): Outcome {
  const path = toPath(text)
  if ('error' in path) return path
  if (value.kind === 'plain' && /^[<>]|^[\d.]+\.\./.test(value.text)) {
    const range = toRange(value.text, 'count')
    return range === null || 'error' in range ? range : { kind: 'path', path, match: range }
  }
  const match = toTextMatch(value)
  return match === null || 'error' in match ? match : { kind: 'path', path, match }
}

/** Paths may leave out their `$`, and the dot after it. */
function toPath(text: string) {
  return parseJsonPath(text.startsWith('$') ? text : `$${/^[.[]/.test(text) ? '' : '.'}${text}`)
}

function toTextMatch({ kind, text, flags }: Value): TextMatch | null | { readonly error: string } {
  if (text === '') return null
  if (kind === 'regex') return toRegex(text, flags)
  if (kind === 'plain' && text.startsWith('=')) return text === '=' ? null : { how: 'is', text: text.slice(1) }
  return { how: 'contains', text }
}

/** Case aside, as in DevTools' own filters. */
function toRegex(source: string, flags: string): TextMatch | { readonly error: string } {
  try {
    return { how: 'regex', regex: new RegExp(source, flags.includes('i') ? flags : `${flags}i`) }
  } catch (error) {
    // The engine's words, without the text again.
    const why = error instanceof Error ? (/: ([^:]+)$/.exec(error.message)?.[1] ?? error.message) : String(error)
    return { error: t('Not a regular expression: {why}', { why: why.trim() }) }
  }
}

export const isRange = (match: TextMatch | NumberRange): match is NumberRange => 'withoutFrom' in match
