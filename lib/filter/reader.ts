import { type Filter, type FilterError, type Grammar, NO_FILTER } from './filter.ts'
import { parseFilter } from './parse.ts'

export interface Reading {
  /** What to filter by: a term with a mistake is left out, so that the list stays as it was before it was typed. */
  readonly filter: Filter
  readonly errors: readonly FilterError[]
}

/** Reads what is typed, each text once: the same text gives the same filter object. Make one for each field. */
export function createFilterReader(grammar: Grammar): (text: string) => Reading {
  let lastText = ''
  let reading: Reading = { filter: NO_FILTER, errors: [] }
  return (text) => {
    if (text === lastText) return reading
    lastText = text
    const filter = parseFilter(text, grammar)
    reading = { filter, errors: filter.errors }
    return reading
  }
}
