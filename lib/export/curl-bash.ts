import type { ReplayRequest } from '../replay/request.ts'
import { toBase64, toUtf8 } from './body.ts'
import { toShellComments } from './comments.ts'
import { type CurlCall, toCurlCall, urlOption } from './curl.ts'

/** Linux takes no argument above 128 KiB; what the shell itself prints has no such bound. */
const ARGUMENT_BYTES = 100_000

/** `curl` as a command for bash and zsh. */
export function toCurlBash(request: ReplayRequest, withWire: boolean): string {
  const call = toCurlCall(request, withWire, () => true)
  const { before, options } = bodyOf(call)
  const all = [...call.options.map(toOption), ...options]
  const command = [`${before}curl ${urlOption(call)}${quote(call.url)}`, ...all].join(' \\\n  ')
  return [...toShellComments(call.notes, '#'), command].join('\n')
}

const SHORT: Readonly<Record<string, string>> = {
  'no-buffer': '-N',
  globoff: '-g',
  location: '-L',
  request: '-X',
  header: '-H',
  form: '-F',
}

function toOption([name, value]: CurlCall['options'][number]): string {
  const option = SHORT[name] ?? `--${name}`
  if (value === null) return option
  return `${option} ${name === 'header' ? quoteBytes(value) : quote(value)}`
}

function bodyOf({ body }: CurlCall): { readonly before: string; readonly options: readonly string[] } {
  if (body.kind === 'none') return { before: '', options: [] }
  const piped = ['--data-binary @-']
  // No argument of a command can hold NUL.
  if (body.kind === 'bytes' || body.text.includes('\0')) {
    const base64 = toBase64(body.kind === 'bytes' ? body.bytes : toUtf8(body.text))
    return { before: `printf %s '${base64}' | base64 --decode | `, options: piped }
  }
  if (body.text.length * 3 > ARGUMENT_BYTES && toUtf8(body.text).length > ARGUMENT_BYTES)
    return { before: `printf %s ${quote(body.text)} | `, options: piped }
  // `--data-raw` reads no file where a text starts with @, and keeps its line ends.
  return { before: '', options: [`--data-raw ${quote(body.text)}`] }
}

/** Control characters do other things when they are pasted, and `!` calls the history; line ends and all else may stand in quotes. */
// oxlint-disable-next-line no-control-regex
const NEEDS_ESCAPES = /[\x01-\x09\x0b-\x1f\x7f!\u0080-\u009f]/

function quote(text: string): string {
  const wellFormed = text.toWellFormed()
  if (!NEEDS_ESCAPES.test(wellFormed)) return `'${wellFormed.replaceAll("'", `'\\''`)}'`
  return escaped(wellFormed, /[\\'!]|\p{Cc}/gu, toUtf8)
}

/** Each character is one byte. */
function quoteBytes(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return quote(text)
  return escaped(text, /[\\'!]|[^\x20-\x7e]/g, (char) => [char.charCodeAt(0)])
}

/** Bash manual, "ANSI-C Quoting". */
function escaped(text: string, which: RegExp, toBytes: (char: string) => Iterable<number>): string {
  const one = (char: string) => {
    if (char === '\n') return '\\n'
    if (char === '\\' || char === "'") return `\\${char}`
    return Array.from(toBytes(char), (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')
  }
  return `$'${text.replace(which, one)}'`
}
