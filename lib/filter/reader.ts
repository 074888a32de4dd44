import { type Filter, type FilterError, type Grammar, NO_FILTER } from './filter.ts'
import { parseFilter } from './parse.ts'
import { language } from '../i18n/translate.ts'

export interface Reading {
  /** What to filter by: a term with a mistake is left out, so that the list stays as it was before it was typed. */
  readonly filter: Filter
  readonly errors: readonly FilterError[]
}

/** Reads what is typed, each text once in a language: the same text gives the same filter object. Make one for each field. */
export function createFilterReader(grammar: Grammar): (text: string) => Reading {
  let lastText = ''
  let lastLanguage = language.peek()
  let reading: Reading = { filter: NO_FILTER, errors: [] }
  return (text) => {
    // Errors are sentences.
    if (text === lastText && language.value === lastLanguage) return reading
    lastText = text
    lastLanguage = language.value
    const filter = parseFilter(text, grammar)
    reading = { filter, errors: filter.errors }
    return reading
  }
}
