/** `{{token}}`: a name that stands in a request for a value which is kept beside it. */

export type Variables = Readonly<Record<string, string>>

export interface Filled {
  readonly text: string
  /** Names that have no value; they stand in the text as they did. */
  readonly missing: readonly string[]
}

const VARIABLE = /\{\{\s*([\w.-]+)\s*\}\}/g

export const isVariableName = (text: string): boolean => /^[\w.-]+$/.test(text)

export const hasVariables = (text: string): boolean => text.search(VARIABLE) !== -1

/** `write` says how a value stands at its place in the text. */
export function fillIn(
  text: string,
  variables: Variables,
  write: (value: string, at: number) => string = (value) => value,
): Filled {
  const missing: string[] = []
  const filled = text.replace(VARIABLE, (whole, name: string, at: number) => {
    if (Object.hasOwn(variables, name)) return write(variables[name] ?? '', at)
    missing.push(name)
    return whole
  })
  return { text: filled, missing }
}

/** In a JSON string a value is escaped; outside of one it stands as it is and may be any JSON. */
export function fillJson(text: string, variables: Variables): Filled {
  const strings = stringRanges(text)
  const isInString = (at: number) => strings.some(([from, to]) => from < at && at < to)
  return fillIn(text, variables, (value, at) => (isInString(at) ? JSON.stringify(value).slice(1, -1) : value))
}

function stringRanges(text: string): readonly (readonly [from: number, to: number])[] {
  return Array.from(text.matchAll(/"(?:[^"\\]|\\.)*"/gs), ({ 0: string, index }) => [index, index + string.length])
}
