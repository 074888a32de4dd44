/** Cuts a filter text into words: `-key:value`, `"two words"`, `/regex/i`. Never fails; what is unfinished is said so. */
import type { Place } from './filter.ts'

export interface Value extends Place {
  readonly kind: 'plain' | 'quoted' | 'regex'
  /** Without quotes or slashes. */
  readonly text: string
  /** Of a regular expression. */
  readonly flags: string
  /** A quote that does not close yet. */
  readonly isOpen: boolean
}

export interface Token extends Place {
  readonly isNot: boolean
  readonly key: (Place & { readonly text: string }) | null
  readonly value: Value
}

/** A key begins with a letter, `$` or a dot, so that times of day and port numbers are plain text. A bracket may hold any quoted name. */
const KEY = /^(?:[A-Za-z_$.](?:[\w$.*-]|\[(?:'[^']*'|"[^"]*"|[^\]\s'"]*)\])*):/
/** Only flags that do not change from one test to the next; `/v1/chat` is text. */
const REGEX = /^\/((?:[^/\\\n]|\\.)+)\/([imsuv]*)(?=\s|$)/

export function toTokens(text: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1
      continue
    }
    const token = readToken(text, at)
    tokens.push(token)
    at = token.to
  }
  return tokens
}

function readToken(text: string, from: number): Token {
  const isNot = text.charAt(from) === '-'
  const start = isNot ? from + 1 : from
  const key = readKey(text, start)
  const value = readValue(text, key === null ? start : key.to + 1)
  return { from, to: value.to, isNot, key, value }
}

function readKey(text: string, from: number): Token['key'] {
  const found = KEY.exec(text.slice(from))?.[0]
  if (found === undefined) return null
  const to = from + found.length - 1
  // `https://host` is text to look for.
  if (text.startsWith('//', to + 1)) return null
  return { from, to, text: text.slice(from, to) }
}

function readValue(text: string, from: number): Value {
  if (text.charAt(from) === '"') return readQuoted(text, from)
  const regex = REGEX.exec(text.slice(from))
  if (regex !== null) {
    const [whole, source = '', flags = ''] = regex
    return { kind: 'regex', text: source, flags, isOpen: false, from, to: from + whole.length }
  }
  const plain = /^\S*/.exec(text.slice(from))?.[0] ?? ''
  return { kind: 'plain', text: plain, flags: '', isOpen: false, from, to: from + plain.length }
}

/** In quotes, `\"` stands for a quote and `\\` for a backslash. */
function readQuoted(text: string, from: number): Value {
  let inner = ''
  let at = from + 1
  for (; at < text.length && text.charAt(at) !== '"'; at += 1) {
    const isEscape = text.charAt(at) === '\\' && /["\\]/.test(text.charAt(at + 1))
    if (isEscape) at += 1
    inner += text.charAt(at)
  }
  const isOpen = at >= text.length
  return { kind: 'quoted', text: inner, flags: '', isOpen, from, to: isOpen ? at : at + 1 }
}

/** Writes a value so that it is read as one. */
export function quote(text: string): string {
  if (text !== '' && !/[\s"]/.test(text) && !/^[/<>=]/.test(text)) return text
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}
