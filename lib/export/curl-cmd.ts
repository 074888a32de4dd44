import type { ReplayRequest } from '../replay/request.ts'
import { toBase64, toUtf8 } from './body.ts'
import { toShellComments } from './comments.ts'
import { type CurlCall, toCurlCall, urlOption } from './curl.ts'

/** A command line ends at 8,191 characters, quoting and other options included. */
const BODY_LENGTH = 2_000
const BASE64_LINE = 2_000
const FILE = '"%TEMP%\\streamscope-body'

/** `curl.exe` for the prompt of cmd, not for a batch file, where % means more. */
export function toCurlCmd(request: ReplayRequest, withWire: boolean): string {
  const call = toCurlCall(request, withWire, isPrintable)
  const { before, options } = bodyOf(call)
  const all = [`curl.exe ${urlOption(call)}${quote(call.url)}`, ...call.options.map(toOption), ...options]
  const unsure = call.options.some(([, value]) => value !== null && !isPrintable(value))
  const notes = unsure ? ['Characters beyond ASCII in headers or form fields may not arrive as they were.'] : []
  const comments = toShellComments([...call.notes, ...notes], 'rem')
  return [...comments, ...before, all.join(' ^\r\n  ')].join('\r\n')
}

function toOption([name, value]: CurlCall['options'][number]): string {
  return value === null ? `--${name}` : `--${name} ${quote(value.replace(/[\r\n\0]/g, ' '))}`
}

function bodyOf({ body }: CurlCall): { readonly before: readonly string[]; readonly options: readonly string[] } {
  if (body.kind === 'none') return { before: [], options: [] }
  if (body.kind === 'text' && body.text.length <= BODY_LENGTH && isPrintable(body.text))
    return { before: [], options: [`--data-raw ${quote(body.text)}`] }
  // Line ends, and all that the code page lacks, come by a file.
  const base64 = toBase64(body.kind === 'bytes' ? body.bytes : toUtf8(body.text))
  const lines = base64.match(new RegExp(`.{1,${BASE64_LINE}}`, 'g')) ?? []
  return {
    before: [
      `type nul>${FILE}.b64"`,
      ...lines.map((line) => `>>${FILE}.b64" echo ${line}`),
      `certutil -f -decode ${FILE}.b64" ${FILE}.bin" >nul`,
    ],
    options: [`--data-binary "@%TEMP%\\streamscope-body.bin"`],
  }
}

function isPrintable(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text)
}

/**
 * Quoted for the program first ("Parsing C command-line arguments"), then for cmd: with a caret before every quote it never
 * comes to think that it is inside of quotes, so that a caret before the rest helps as well.
 */
function quote(text: string): string {
  const forProgram = `"${text.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')}"`
  // A variable whose name starts with a caret does not exist, and stays as it is.
  return forProgram.replace(/["&|<>^()!]/g, '^$&').replace(/%(?!\^)/g, '%^')
}
