/** A curl command, for bash or for Windows' cmd, as a request. */
import { fromBase64, toBase64 } from '../../export/body.ts'
import { headerOf } from '../../headers.ts'
import { t } from '../../i18n/translate.ts'
import type { HeaderPair } from '../../protocol.ts'
import { encodePart } from '../editor/params.ts'
import { withoutHeader } from '../headers.ts'
import { fromByteText, readByteText, toBinary } from './bytes.ts'
import { readCmd } from './cmd-words.ts'
import { readFormOption } from './curl-form.ts'
import { type CurlOption, readOptions } from './curl-options.ts'
import type { Paste, PastedBody, PastedEntry, PastedRequest } from './pasted.ts'
import { readShell, type ShellCommand } from './shell-words.ts'

/** They change what curl prints or how it connects, and nothing of the request. */
const HARMLESS: ReadonlySet<string> = new Set(
  `silent show-error verbose include no-buffer compressed path-as-is fail fail-with-body progress-bar no-progress-meter http1.0
   http1.1 http2 http3 tlsv1 tlsv1.2 tlsv1.3 ipv4 ipv6 output remote-name write-out dump-header stderr trace trace-ascii
   parallel no-keepalive styled-output no-styled-output disable location-trusted`.split(/\s+/),
)
const DATA = /^(?:data(?:-raw|-ascii|-binary|-urlencode)?|json)$/

export function isCmd(text: string): boolean {
  return /(?:^|\s)\^"|\s\^\r?\n|^\s*rem\s/m.test(text) && !/\\\n/.test(text)
}

interface Data {
  readonly bytes: string
  /** What stands between it and the one before. */
  readonly glue: '' | '&'
}

/** Reads the first curl command in the text. */
export function pasteCurl(text: string): Paste {
  const { commands, expansions } = isCmd(text) ? { commands: readCmd(text), expansions: [] } : readShell(text)
  const index = commands.findIndex((command) => callOf(command) !== null)
  const command = commands[index]
  const words = command === undefined ? null : callOf(command)
  if (words === null || command === undefined) return { error: t('There is no curl command in this text.') }
  const input = command.isPiped ? outputOf(commands.slice(0, index)) : null
  const { request, notUnderstood } = toRequest(readOptions(words), input, filesIn(text))
  if (request.url === '') return { error: t('The curl command has no URL.') }
  return {
    request,
    notUnderstood: [
      ...notUnderstood,
      ...expansions.map((what) => t('{what} is for the shell to fill in: it stands as it is written.', { what })),
    ],
  }
}

/** What comes after `curl`, which may stand behind a prompt or variables; null for other commands. */
function callOf({ words }: ShellCommand): readonly string[] | null {
  const at = words.findIndex((word) => /^(?:.*[\\/])?curl(?:\.exe)?$/i.test(word))
  return at === -1 || at > 3 ? null : words.slice(at + 1)
}

/** What `printf` and `base64` print; null for what only a shell can know. */
function outputOf(commands: readonly ShellCommand[]): string | null {
  let output: string | null = null
  for (const { words } of commands) {
    const [name, ...given] = words
    if (name === 'printf' && given[0] === '%s') output = given[1] ?? ''
    else if (name === 'echo') output = `${given.join(' ')}\n`
    else if (name === 'base64' && output !== null && /^(?:-d|-D|--decode)$/.test(given[0] ?? ''))
      output = toBinary(fromBase64(output.trim()))
    else output = null
  }
  return output
}

/** Those that the commands for cmd write themselves, in Base64, by name. */
function filesIn(text: string): ReadonlyMap<string, string> {
  const written = new Map<string, string>()
  for (const [, name = '', line = ''] of text.matchAll(/^\s*>>\s*"([^"]+)"\s*echo (\S+)\s*$/gm))
    written.set(name, (written.get(name) ?? '') + line)
  const decoded = text.matchAll(/^\s*certutil (?:-f )?-decode "([^"]+)" "([^"]+)"/gm)
  return new Map(
    Array.from(decoded, ([, from = '', to = '']) => [to, toBinary(fromBase64(written.get(from) ?? ''))] as const),
  )
}

/** What the options said so far. */
interface Told {
  method: string
  isHead: boolean
  /** The data goes into the query. */
  asQuery: boolean
  /** Brackets and braces in the URL are meant as they stand. */
  isGlobOff: boolean
  isJson: boolean
  /** The body is in a file that is not there. */
  fromFile: boolean
  readonly urls: string[]
  readonly headers: HeaderPair[]
  /** Names of headers that curl is not to send by itself, in lower case. */
  readonly without: string[]
  readonly data: Data[]
  readonly entries: PastedEntry[]
  readonly options: { -readonly [Name in keyof PastedRequest['options']]: PastedRequest['options'][Name] }
  readonly notUnderstood: string[]
}

type ReadFile = (path: string) => string | null

function toRequest(
  all: readonly CurlOption[],
  input: string | null,
  files: ReadonlyMap<string, string>,
): { readonly request: PastedRequest; readonly notUnderstood: readonly string[] } {
  const told: Told = {
    method: '',
    isHead: false,
    asQuery: false,
    isGlobOff: false,
    isJson: false,
    fromFile: false,
    urls: [],
    headers: [],
    without: [],
    data: [],
    entries: [],
    options: {},
    notUnderstood: [],
  }
  const readFile: ReadFile = (path) => {
    const known = path === '-' ? input : (files.get(path) ?? null)
    if (known !== null) return known
    told.fromFile = true
    told.notUnderstood.push(t('The body is in the file {file}: choose it.', { file: readByteText(path) }))
    return null
  }
  for (const option of all) take(told, option, readFile)
  if (told.urls.length > 1) told.notUnderstood.push(t('Only the first of the URLs is taken.'))
  const { data, entries, asQuery, fromFile } = told
  const [first = ''] = told.urls
  const joined = data.map(({ bytes, glue }, i) => (i === 0 ? bytes : glue + bytes)).join('')
  const hasData = data.length > 0 && !asQuery
  const hasBody = hasData || entries.length > 0 || fromFile
  const headers = toHeaders(told, hasData)
  const untyped = hasData && headerOf(headers, 'content-type') === null
  return {
    request: {
      method: told.method || (told.isHead ? 'HEAD' : hasBody ? 'POST' : 'GET'),
      url: toUrl(told.isGlobOff ? first : first.replace(/\\([[\]{}])/g, '$1'), asQuery ? readByteText(joined) : ''),
      headers,
      body: fromFile ? { kind: 'file' } : toBody(hasData ? joined : null, entries, untyped),
      options: told.options,
    },
    notUnderstood: told.notUnderstood,
  }
}

function take(told: Told, { name, value: raw }: CurlOption, readFile: ReadFile): void {
  const value = raw ?? ''
  const header = HEADER_OPTIONS.get(name)?.(value) ?? null
  if (header !== null) told.headers.push(header)
  else if (DATA.test(name)) {
    const bytes = dataOf(name, value, readFile)
    if (bytes !== null) told.data.push({ bytes, glue: name === 'json' ? '' : '&' })
    if (name === 'json') told.isJson = true
  } else if (name === 'url') told.urls.push(readByteText(value))
  else if (name === 'request') told.method = readByteText(value)
  else if (name === 'header') takeHeader(told, value)
  else if (name === 'head') told.isHead = true
  else if (name === 'get') told.asQuery = true
  else if (name === 'globoff') told.isGlobOff = true
  else if (name === 'location') told.options.redirect = 'follow'
  else if (name === 'max-time' && Number(value) > 0) told.options.timeoutMs = String(Math.round(Number(value) * 1000))
  else if (name === 'form' || name === 'form-string') {
    const entry = readFormOption(value, name === 'form-string')
    if (entry === null) told.notUnderstood.push(t('The form field {field} is not understood.', { field: value }))
    else told.entries.push(entry)
  } else if (!HARMLESS.has(name)) {
    const option = `${name.length === 1 ? '-' : '--'}${name}`
    told.notUnderstood.push(t('The option {option} is left out.', { option }))
  }
}

/** Options that are headers; null where the value says something else. */
const HEADER_OPTIONS: ReadonlyMap<string, (value: string) => HeaderPair | null> = new Map(
  Object.entries<(value: string) => HeaderPair | null>({
    user: (value) => ['Authorization', `Basic ${btoa(value)}`],
    'oauth2-bearer': (value) => ['Authorization', `Bearer ${value}`],
    'user-agent': (value) => ['User-Agent', value],
    referer: (value) => ['Referer', value.replace(/;auto$/, '')],
    // Else it is the name of a file.
    cookie: (value) => (value.includes('=') ? ['Cookie', value] : null),
    range: (value) => ['Range', `bytes=${value}`],
  }),
)

/** `Name: value`; `Name;` for an empty one; `Name:` for none at all. */
function takeHeader({ headers, without }: Told, line: string): void {
  const at = line.search(/[:;]/)
  const name = (at === -1 ? line : line.slice(0, at)).trim()
  const value = at === -1 ? '' : line.slice(at + 1).trim()
  if (value !== '' || line[at] === ';') headers.push([name, value])
  else without.push(name.toLowerCase())
}

/** With those that curl adds for such data. */
function toHeaders({ headers, without, isJson }: Told, hasData: boolean): readonly HeaderPair[] {
  const added: readonly HeaderPair[] = isJson
    ? [
        ['Content-Type', 'application/json'],
        ['Accept', 'application/json'],
      ]
    : hasData
      ? [['Content-Type', 'application/x-www-form-urlencoded']]
      : []
  const missing = added.filter(([name]) => headerOf(headers, name.toLowerCase()) === null)
  return without.reduce(withoutHeader, [...headers, ...missing])
}

/** The bytes of one `--data…`; null for a file that is not there. */
function dataOf(name: string, value: string, readFile: ReadFile): string | null {
  if (name === 'data-urlencode') {
    const [, field = '', sign = '', content = ''] = /^([^=@]*)([=@]?)([^]*)$/.exec(value) ?? []
    const bytes = sign === '@' ? readFile(content) : sign === '' ? field : content
    if (bytes === null) return null
    const encoded = encodePart(readByteText(bytes), '%20').replace(/[&=+,:;@/?$[\]{}|()*!]/g, encodeURIComponent)
    return field !== '' && sign !== '' ? `${field}=${encoded}` : encoded
  }
  if (name === 'data-raw' || !value.startsWith('@')) return value
  const bytes = readFile(value.slice(1))
  if (bytes === null) return null
  return name === 'data-binary' || name === 'json' ? bytes : bytes.replace(/[\r\n\0]/g, '')
}

/** curl takes `http://` for granted. */
function toUrl(url: string, query: string): string {
  const whole =
    url === '' || url.startsWith('{{') || /^[a-z][a-z\d+.-]*:/i.test(url.replace(/^[^/?#]*:\d/, ''))
      ? url
      : `http://${url}`
  if (query === '') return whole
  return whole + (whole.includes('?') ? '&' : '?') + query
}

function toBody(data: string | null, entries: readonly PastedEntry[], untyped: boolean): PastedBody {
  if (entries.length > 0) return { kind: 'form', entries }
  if (data === null || data === '') return { kind: 'none' }
  const text = fromByteText(data)
  if (text !== null) return { kind: 'text', text, untyped }
  return { kind: 'bytes', base64: toBase64(Uint8Array.from(data, (char) => char.charCodeAt(0))), type: '' }
}
