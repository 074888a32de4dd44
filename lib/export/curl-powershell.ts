import type { ReplayRequest } from '../replay/request.ts'
import { toBase64 } from './body.ts'
import { toShellComments } from './comments.ts'
import { type CurlCall, toCurlCall } from './curl.ts'

/**
 * `curl.exe` for Windows PowerShell 5.1 and PowerShell 7. They differ in how they pass quotes on to a program, so that
 * options go in as curl's own configuration, and the body by a file.
 */
export function toCurlPowerShell(request: ReplayRequest, withWire: boolean): string {
  const { url, options, body, notes: curlNotes } = toCurlCall(request, withWire, isAscii)
  const config = toCurlConfig([['url', url], ...options])
  const call = `'@ | curl.exe --config -`
  const notes = toShellComments([...curlNotes, ...asciiNotes(config)], '#')
  if (body.kind === 'none') return [...notes, `@'`, config, call].join('\n')
  const write =
    body.kind === 'text'
      ? `[IO.File]::WriteAllText($body, ${quote(body.text)})`
      : `[IO.File]::WriteAllBytes($body, [Convert]::FromBase64String('${toBase64(body.bytes)}'))`
  return [
    ...notes,
    '$body = [IO.Path]::GetTempFileName()',
    write,
    `@'`,
    config,
    `${call} --data-binary "@$body"`,
    'Remove-Item $body',
  ].join('\n')
}

/** curl's manual, "--config". */
export function toCurlConfig(options: CurlCall['options']): string {
  return options.map(([name, value]) => (value === null ? name : `${name} = "${escapeConfig(value)}"`)).join('\n')
}

const CONFIG_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\v': '\\v',
}

function escapeConfig(value: string): string {
  return value.replace(/["\\\t\n\r\v]/g, (char) => CONFIG_ESCAPES[char] ?? char)
}

/** Windows PowerShell gives programs ASCII. */
function asciiNotes(config: string): readonly string[] {
  return isAscii(config) ? [] : ['Characters beyond ASCII in headers or form fields may not arrive as they were.']
}

function isAscii(text: string): boolean {
  return /^[\t\n\r\x20-\x7e]*$/.test(text)
}

const BACKTICKS: Readonly<Record<string, string>> = { '\0': '`0', '\t': '`t', '\n': '`n', '\r': '`r' }

/** about_Quoting_Rules; typographic quotes count as quotes, too. */
function quote(text: string): string {
  if (!/\p{Cc}/u.test(text)) return `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`
  const escaped = text
    .replace(/[`$"\u201c-\u201e]/g, '`$&')
    .replace(/\p{Cc}/gu, (char) => BACKTICKS[char] ?? `$([char]${char.charCodeAt(0)})`)
  return `"${escaped}"`
}
