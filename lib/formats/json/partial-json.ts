/** JSON that is still growing, made readable: closed where it stops, then read by the platform's own parser. */
import { parseJson } from './json.ts'

export interface PartialJson {
  readonly value: unknown
  /** The text was JSON as it stood. */
  readonly isComplete: boolean
}

/** What JSON text says so far; null where it says nothing yet, or cannot become JSON. Linear in the text. */
export function parsePartialJson(text: string): PartialJson | null {
  const whole = parseJson(text)
  if (whole !== undefined) return { value: whole, isComplete: true }
  const value = parseJson(closeJson(text))
  return value === undefined ? null : { value, isComplete: false }
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/
const BETWEEN = new Set(' \t\n\r,:')

/**
 * Ends JSON text where it stops: strings and brackets are closed; a key without its value, half an escape and half a
 * word are left out. Text that never was JSON stays none.
 */
function closeJson(text: string): string {
  const closers: string[] = []
  /** Where the text can be cut, with all brackets closed behind it. */
  let cut = 0
  let isAfterColon = false
  let i = 0

  function isKey(): boolean {
    return closers.at(-1) === '}' && !isAfterColon
  }

  while (i < text.length) {
    const char = text.charAt(i)
    if (char === '"') {
      const end = findStringEnd(text, i)
      if (end.isClosed) {
        if (!isKey()) cut = end.at
      } else if (!isKey()) {
        return `${text.slice(0, end.at)}"${closers.toReversed().join('')}`
      }
      i = end.isClosed ? end.at : text.length
    } else if (char === '{' || char === '[') {
      closers.push(char === '{' ? '}' : ']')
      isAfterColon = false
      i += 1
      cut = i
    } else if (char === '}' || char === ']') {
      if (closers.pop() !== char) return ''
      i += 1
      cut = i
    } else if (BETWEEN.has(char)) {
      if (char !== ' ') isAfterColon = char === ':' || (isAfterColon && char !== ',')
      i += 1
    } else {
      const end = findWordEnd(text, i)
      const word = text.slice(i, end)
      const size = end < text.length ? word.length : toWholeWord(word).length
      if (size > 0) cut = i + size
      i = end
    }
  }
  return text.slice(0, cut) + closers.toReversed().join('')
}

/** After the closing quote; or where the text can be cut, outside of any escape. */
function findStringEnd(text: string, from: number): { readonly at: number; readonly isClosed: boolean } {
  let i = from + 1
  while (i < text.length) {
    const char = text.charAt(i)
    if (char === '"') return { at: i + 1, isClosed: true }
    const size = char === '\\' ? (text.charAt(i + 1) === 'u' ? 6 : 2) : 1
    if (i + size > text.length) return { at: i, isClosed: false }
    i += size
  }
  return { at: i, isClosed: false }
}

function findWordEnd(text: string, from: number): number {
  let i = from
  while (i < text.length && !BETWEEN.has(text.charAt(i)) && !'{}[]"'.includes(text.charAt(i))) i += 1
  return i
}

/** The part of a number or word that can stand alone. */
function toWholeWord(word: string): string {
  if (word === 'true' || word === 'false' || word === 'null') return word
  return NUMBER.exec(word)?.[0] ?? ''
}
