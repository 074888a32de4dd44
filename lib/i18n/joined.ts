/** Texts one after the other, with what a language puts between them. */
import { t } from './translate.ts'

/** Whole sentences in a row; empty ones are left out. */
export function joinSentences(sentences: readonly string[]): string {
  return joined(sentences, (first, next) => t('{first} {next}', { first, next }))
}

/** `41 events, 6.2 kB`; empty ones are left out. */
export function joinItems(items: readonly string[]): string {
  return joined(items, (first, next) => t('{first}, {next}', { first, next }))
}

/** Clauses, each of which may have commas: `the URL ends in /chat; every event is JSON`. */
export function joinClauses(clauses: readonly string[]): string {
  return joined(clauses, (first, next) => t('{first}; {next}', { first, next }))
}

function joined(texts: readonly string[], join: (first: string, next: string) => string): string {
  const [first = '', ...more] = texts.filter((text) => text !== '')
  return more.reduce(join, first)
}
