/** Words of Windows' cmd, as a program gets them. */
import { toByteText } from './bytes.ts'
import type { ShellCommand } from './shell-words.ts'

/** Carets taken away and lines put together by cmd, then split as Windows programs split ("Parsing C command-line arguments"). */
export function readCmd(text: string): readonly ShellCommand[] {
  return toLines(text)
    .filter((line) => !/^\s*(?:rem\b|@?echo\b|$)/i.test(line))
    .map((line) => ({ words: toArguments(line).map(toByteText), isPiped: false }))
}

/** One for each command. */
function toLines(text: string): readonly string[] {
  const lines: string[] = []
  let line = ''
  let inQuotes = false
  const pieces = text.match(/\^\r?\n(?:\r?\n|[^])?|\^[^]|\r?\n|[^^\r\n&|"]+|[^^\r\n]|\^/gu) ?? []
  for (const piece of pieces) {
    if (/^\r?\n$/.test(piece) || (!inQuotes && /^[&|]$/.test(piece))) {
      lines.push(line)
      line = ''
      inQuotes = false
    } else if (piece.startsWith('^') && piece.length > 1 && !inQuotes) {
      // After a line's end, the next character is taken as it is, too.
      line += piece.replace(/^\^(?:\r?\n)?/, '')
    } else {
      for (const char of piece) if (char === '"') inQuotes = !inQuotes
      line += piece
    }
  }
  lines.push(line)
  return lines
}

function toArguments(line: string): readonly string[] {
  const words: string[] = []
  let word: string | null = null
  let inQuotes = false
  for (const [piece] of line.matchAll(/\\*""?|\\+|[ \t]|[^\\" \t]+/gu)) {
    const slashes = /^\\*/.exec(piece)?.[0].length ?? 0
    const quotes = piece.length - slashes
    if (piece.endsWith('"')) {
      word = (word ?? '') + '\\'.repeat(Math.floor(slashes / 2))
      const isEscaped = slashes % 2 === 1
      if (isEscaped) word += '"'
      const left: number = quotes - (isEscaped ? 1 : 0)
      // Two in quotes are one; else each opens or closes.
      if (left === 2 && inQuotes) word += '"'
      else if (left === 1) inQuotes = !inQuotes
    } else if (/^[ \t]$/.test(piece) && !inQuotes) {
      if (word !== null) words.push(word)
      word = null
    } else word = (word ?? '') + piece
  }
  if (word !== null) words.push(word)
  return words
}
