/** Finds the first mistake in a JSON text, by its place, in the user's words. `{{name}}` may stand for any value. */
import { t } from '../../i18n/translate.ts'

export interface JsonMistake {
  /** UTF-16 units; `to` is after the last one. */
  readonly from: number
  readonly to: number
  readonly text: string
}

const TOKEN =
  // oxlint-disable-next-line no-control-regex
  /[\t\n\r ]*(?:(?<sign>[[\]{},:])|(?<string>"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(?<atom>(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])))/y
const VARIABLE = /[\t\n\r ]*\{\{\s*[\w.-]+\s*\}\}/y
const SPACE = /[\t\n\r ]*/y

/** What may come next. */
type Wanted = 'value' | 'value or ]' | 'name or }' | 'name' | ':' | ', or end'

/** As `checkJson`; the browser's own parser is asked first, which is ten times as fast. */
export function findJsonMistake(text: string): JsonMistake | null {
  try {
    JSON.parse(text)
    return null
  } catch {
    // Perhaps only for its variables.
    return checkJson(text)
  }
}

/** Null for JSON. RFC 8259; any depth. */
export function checkJson(text: string): JsonMistake | null {
  const open: ('[' | '{')[] = []
  let wanted: Wanted = 'value'
  let at = 0
  for (;;) {
    const start = matchEnd(SPACE, text, at) ?? at
    if (start === text.length) {
      if (wanted === ', or end' && open.length === 0) return null
      return { from: Math.max(0, text.trimEnd().length - 1), to: text.length, text: sayWanted(wanted, open.at(-1)) }
    }
    const takesValue: boolean = wanted === 'value' || wanted === 'value or ]'
    const variableEnd: number | null = takesValue ? matchEnd(VARIABLE, text, at) : null
    TOKEN.lastIndex = at
    const groups: Record<string, string | undefined> | undefined =
      variableEnd === null ? TOKEN.exec(text)?.groups : undefined
    const end = variableEnd ?? (groups === undefined ? null : TOKEN.lastIndex)
    if (end === null) return strange(text, start, wanted, open.at(-1))
    const sign: string | undefined = groups?.['sign']
    const isString = groups?.['string'] !== undefined
    if (takesValue && sign === undefined) wanted = ', or end'
    else if ((takesValue && sign === '[') || (takesValue && sign === '{')) {
      open.push(sign)
      wanted = sign === '[' ? 'value or ]' : 'name or }'
    } else if ((wanted === 'name' || wanted === 'name or }') && isString) wanted = ':'
    else if (wanted === ':' && sign === ':') wanted = 'value'
    else if (wanted === ', or end' && sign === ',' && open.length > 0) wanted = open.at(-1) === '{' ? 'name' : 'value'
    else if (closes(sign, wanted, open.at(-1))) {
      open.pop()
      wanted = ', or end'
    } else return { from: start, to: end, text: sayWanted(wanted, open.at(-1)) }
    at = end
  }
}

/** A JSON text with a line for each member, each token as it was written; null where it is no JSON. */
export function formatJson(text: string): string | null {
  if (checkJson(text) !== null) return null
  const tokens = text.match(/\{\{\s*[\w.-]+\s*\}\}|"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g) ?? []
  let depth = 0
  let written = ''
  const newLine = () => `\n${'  '.repeat(depth)}`
  for (const [i, token] of tokens.entries()) {
    const isEmpty = (tokens[i - 1] === '{' && token === '}') || (tokens[i - 1] === '[' && token === ']')
    if (token === '}' || token === ']') {
      depth -= 1
      written += isEmpty ? token : newLine() + token
    } else if (token === '{' || token === '[') {
      depth += 1
      written += token
      const next = tokens[i + 1]
      if (next !== '}' && next !== ']') written += newLine()
    } else if (token === ',') written += `,${newLine()}`
    else written += token === ':' ? ': ' : token
  }
  return written
}

function matchEnd(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : null
}

function closes(sign: string | undefined, wanted: Wanted, inside: '[' | '{' | undefined): boolean {
  if (sign === ']') return inside === '[' && (wanted === 'value or ]' || wanted === ', or end')
  return sign === '}' && inside === '{' && (wanted === 'name or }' || wanted === ', or end')
}

function strange(text: string, at: number, wanted: Wanted, inside: '[' | '{' | undefined): JsonMistake {
  const lineEnd = /[\r\n]|$/.exec(text.slice(at))?.index ?? 0
  if (text[at] === '"')
    return { from: at, to: at + Math.max(1, lineEnd), text: stringMistake(text.slice(at, at + lineEnd)) }
  const word = /^(?:[\w.+-]+|.)/su.exec(text.slice(at))?.[0] ?? ''
  const said =
    text[at] === "'"
      ? t('Strings stand in double quotes.')
      : wanted.startsWith('value')
        ? t('This is no JSON value.')
        : ''
  return { from: at, to: at + Math.max(1, word.length), text: said === '' ? sayWanted(wanted, inside) : said }
}

function stringMistake(rest: string): string {
  const isClosed = /^"(?:[^"\\]|\\.)*"/.test(rest)
  return isClosed
    ? t('This string has a control character or an escape in it that JSON does not know.')
    : t('This string has no end in its line.')
}

function sayWanted(wanted: Wanted, inside: '[' | '{' | undefined): string {
  switch (wanted) {
    case 'value':
      return t('A value is missing here.')
    case 'value or ]':
      return t('A value or ] is missing here.')
    case 'name or }':
      return t('A name in double quotes or a closing brace is missing here.')
    case 'name':
      return t('A name in double quotes is missing here.')
    case ':':
      return t('A colon is missing here.')
    case ', or end':
      if (inside === undefined) return t('Nothing may come after the value.')
      return inside === '[' ? t('A comma or ] is missing here.') : t('A comma or a closing brace is missing here.')
    default:
      return wanted satisfies never
  }
}
