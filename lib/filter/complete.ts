/** What a filter text may go on with at the caret: keys, and after a key its values. */
import type { Grammar, KeySpec, Place } from './filter.ts'
import { findKey, toWord } from './parse.ts'
import { quote, type Token, toTokens } from './tokens.ts'
import { t } from '../i18n/translate.ts'

/** A way to go on. Taking it puts `insert` in the place of `replaced`. */
export interface Suggestion {
  readonly label: string
  readonly hint: string
  readonly insert: string
  readonly replaced: Place
}

/** Values that a key has in what is shown now, the most frequent first. */
export type KnownValues = (key: string) => readonly string[]

const LIMIT = 12

export function complete(text: string, caret: number, grammar: Grammar, known: KnownValues): readonly Suggestion[] {
  const token = toTokens(text).find(({ from, to }) => from <= caret && caret <= to)
  if (token === undefined) return text.slice(0, caret).trim() === '' ? keysFor(grammar, '', caret, caret) : []
  const { key, value, isNot } = token
  if (key !== null) {
    const spec = findKey(grammar, key.text)
    return spec === null || caret < value.from ? [] : valuesFor(spec, token, text.slice(value.from, caret), known)
  }
  if (value.kind !== 'plain') return []
  const start = token.from + (isNot ? 1 : 0)
  const begun = text.slice(start, caret)
  // A lone minus may be the beginning of anything.
  return begun === '' && !isNot ? [] : keysFor(grammar, begun, start, token.to)
}

function keysFor({ keys }: Grammar, begun: string, from: number, to: number): Suggestion[] {
  const wanted = begun.toLowerCase()
  return keys
    .filter(({ name }) => name.startsWith(wanted))
    .map(({ name, hint }) => ({ label: `${name}:`, hint: t(hint), insert: `${name}:`, replaced: { from, to } }))
}

function valuesFor(spec: KeySpec, { value }: Token, typed: string, known: KnownValues): Suggestion[] {
  const wanted = typed.replace(/^"/, '').toLowerCase()
  const fixed = typeof spec.takes === 'object' ? spec.takes.map(toWord) : []
  const values = [...new Set([...fixed, ...known(spec.name)])]
  const begins = values.filter((one) => one.toLowerCase().startsWith(wanted))
  const contains = wanted === '' ? [] : values.filter((one) => one.toLowerCase().indexOf(wanted) > 0)
  return [...begins, ...contains]
    .slice(0, LIMIT)
    .map((one) => ({ label: one, hint: '', insert: `${quote(one)} `, replaced: { from: value.from, to: value.to } }))
}
