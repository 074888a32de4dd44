/**
 * Words of bash, as the shell gives them to programs. Packages that split command lines know neither `$'…'`, in which browsers
 * write what is no plain text, nor that words are bytes.
 */
import { toByteText } from './bytes.ts'

export interface ShellCommand {
  /** Their characters are bytes. */
  readonly words: readonly string[]
  /** Its input is the output of the command before. */
  readonly isPiped: boolean
}

export interface ShellText {
  readonly commands: readonly ShellCommand[]
  /** Something that only a shell can put in: `$HOME`, `$(date)`. It stands in the words as it is written. */
  readonly expansions: readonly string[]
}

/** Bash manual, sections 3.1.2 and 3.2. */
export function readShell(text: string): ShellText {
  const commands: ShellCommand[] = []
  const expansions: string[] = []
  let words: string[] = []
  let word: string | null = null
  let isPiped = false
  let at = 0

  const add = (bytes: string) => (word = (word ?? '') + bytes)
  const endWord = () => {
    if (word !== null) words.push(word)
    word = null
  }
  const endCommand = (pipes: boolean) => {
    endWord()
    if (words.length > 0) commands.push({ words, isPiped })
    words = []
    isPiped = pipes
  }
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found !== null) at = pattern.lastIndex
    return found
  }

  while (at < text.length) {
    const single = take(/'([^']*)(?:'|$)/y)
    if (single !== null) {
      add(toByteText(single[1] ?? ''))
      continue
    }
    const ansi = take(/\$'((?:[^'\\]|\\[^])*)(?:'|\\?$)/y)
    if (ansi !== null) {
      add(readAnsi(ansi[1] ?? ''))
      continue
    }
    const double = take(/\$?"((?:[^"\\]|\\[^])*)(?:"|\\?$)/y)
    if (double !== null) {
      const inside = double[1] ?? ''
      expansions.push(...expansionsIn(inside))
      add(toByteText(inside.replace(/\\(?:\r?\n|([$`"\\]))/g, '$1')))
      continue
    }
    if (take(/\\\r?\n/y) !== null) continue
    const escaped = take(/\\([^])/uy)
    if (escaped !== null) {
      add(toByteText(escaped[1] ?? ''))
      continue
    }
    if (take(/[ \t\r]+/y) !== null) {
      endWord()
      continue
    }
    if (word === null && take(/#[^\n]*/y) !== null) continue
    const end = take(/\|\||&&|[|;&\n]/y)
    if (end !== null) {
      endCommand(end[0] === '|')
      continue
    }
    const plain = take(/[^\s'"\\|;&]+|\\/y)
    const bare = plain?.[0] ?? text[at] ?? ''
    if (plain === null) at += 1
    // A `$` before quotes is theirs.
    const own = bare.endsWith('$') && /['"]/.test(text[at] ?? '') ? bare.slice(0, -1) : bare
    if (own !== bare) at -= 1
    expansions.push(...expansionsIn(own))
    if (own !== '') add(toByteText(own))
  }
  endCommand(false)
  return { commands, expansions }
}

function expansionsIn(text: string): readonly string[] {
  return Array.from(text.replace(/\\[^]/g, '').matchAll(/\$(?:\w+|\{[^}]*\}|\([^)]*\)?)|`[^`]*`/g), ([found]) => found)
}

const ANSI: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** Bash manual, "ANSI-C Quoting". */
function readAnsi(text: string): string {
  const pattern =
    /\\(?:x([\da-fA-F]{1,2})|U([\da-fA-F]{1,8})|([0-7]{1,3})|c([^])|(?!u[\da-fA-F])([^]))|((?:\\u[\da-fA-F]{1,4})+)|[^\\]+/gu
  return Array.from(text.matchAll(pattern), ([all, hex, code, octal, control, char, units]) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) % 256)
    if (control !== undefined) return String.fromCharCode(control.charCodeAt(0) % 32)
    if (code !== undefined) return toByteText(toChar(Number.parseInt(code, 16)))
    if (units !== undefined) return toByteText(fromUnits(units))
    if (char === undefined) return toByteText(all)
    return toByteText(ANSI[char] ?? (/[\\'"?]/.test(char) ? char : `\\${char}`))
  }).join('')
}

/** Browsers write characters beyond U+FFFF as two of these. */
function fromUnits(text: string): string {
  return text
    .split('\\u')
    .slice(1)
    .map((hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    .join('')
}

function toChar(code: number): string {
  return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code)
}
