/** Code with a `fetch(…)` or a `new EventSource(…)` in it as a request. */
import { parse, type Program } from 'acorn'
import { toBase64 } from '../../export/body.ts'
import { headerOf } from '../../headers.ts'
import { t } from '../../i18n/translate.ts'
import { CACHES, CREDENTIALS, MODES, REDIRECTS } from '../editor/form.ts'
import { fromByteText } from './bytes.ts'
import { type Call, findCall, isMade, toPairs } from './evaluate.ts'
import type { Paste, PastedBody, PastedEntry, PastedRequest } from './pasted.ts'

type Init = Readonly<Record<string, unknown>>

export function pasteFetch(code: string): Paste {
  const program = toProgram(code)
  if ('error' in program) return program
  const call = findCall(program, code)
  if (call === null) return { error: t('There is no call of fetch in this code.') }
  const notUnderstood: string[] = []
  const request = call.name === 'EventSource' ? toSourceRequest(call) : toRequest(call, notUnderstood)
  return request === null
    ? { error: t('The URL of the call cannot be told without running the code.') }
    : { request, notUnderstood }
}

function toProgram(code: string): Program | { readonly error: string } {
  try {
    return parse(code, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
    })
  } catch (error) {
    const { loc } = error as { loc?: { line: number; column: number } }
    return {
      error:
        loc === undefined
          ? t('This is no JavaScript.')
          : t('This is no JavaScript: line {line}, column {column}.', { line: loc.line, column: loc.column + 1 }),
    }
  }
}

function toSourceRequest({ given: [url, init] }: Call): PastedRequest | null {
  if (typeof url !== 'string') return null
  const withCredentials = (init as Init | undefined)?.['withCredentials'] === true
  return {
    method: 'GET',
    url,
    headers: [],
    body: { kind: 'none' },
    options: { as: 'eventsource', credentials: withCredentials ? 'include' : 'same-origin' },
  }
}

function toRequest({ given: [input, second] }: Call, notUnderstood: string[]): PastedRequest | null {
  const inner = isMade(input, 'request') ? input : null
  const url = inner === null ? input : inner.input
  if (typeof url !== 'string') return null
  const init: Init = { ...(inner?.init as Init | undefined), ...(second as Init | undefined) }
  if (isMade(init, 'unknown')) notUnderstood.push(unknownValue(t('The options'), init.code))
  const { method, headers, body, signal, ...rest } = isMade(init, 'unknown') ? {} : init
  const pairs = toHeaders(headers, notUnderstood)
  // The browser names the type of URLSearchParams; as a text they would have another.
  const isForm = isMade(body, 'params') && headerOf(pairs, 'content-type') === null
  const given = typeof method === 'string' ? method : 'GET'
  return {
    // Fetch standard, "normalize a method".
    method: /^(?:delete|get|head|options|post|put)$/i.test(given) ? given.toUpperCase() : given,
    url,
    headers: isForm ? [...pairs, ['Content-Type', 'application/x-www-form-urlencoded;charset=UTF-8']] : pairs,
    body: toBody(body, notUnderstood),
    options: {
      ...toOptions(rest, notUnderstood),
      ...(isMade(signal, 'timeout') && { timeoutMs: String(signal.ms) }),
    },
  }
}

function toHeaders(given: unknown, notUnderstood: string[]): PastedRequest['headers'] {
  const value = isMade(given, 'headers') ? given.value : given
  if (isMade(value, 'unknown')) notUnderstood.push(unknownValue(t('The headers'), value.code))
  const pairs = value === undefined || isMade(value, 'unknown') ? [] : toPairs(value)
  const entries: readonly unknown[] = Array.isArray(value) ? value : Object.values(value ?? {})
  const lost = isMade(value, 'unknown') ? [] : entries.filter((each) => isMade(each, 'unknown'))
  notUnderstood.push(...lost.map((each) => unknownValue(t('A header'), (each as { code: string }).code)))
  return pairs
}

function toOptions(given: Init, notUnderstood: string[]): PastedRequest['options'] {
  const one = <const Value extends string>(name: string, values: readonly Value[]): Value | undefined =>
    values.find((value) => value === given[name])
  const text = (name: string) => (typeof given[name] === 'string' ? given[name] : undefined)
  const all = {
    credentials: one('credentials', CREDENTIALS),
    mode: one('mode', MODES),
    redirect: one('redirect', REDIRECTS),
    cache: one('cache', CACHES),
    referrer: text('referrer'),
    referrerPolicy: text('referrerPolicy') as ReferrerPolicy | undefined,
  }
  // They change nothing of what a server gets.
  const harmless = new Set([...Object.keys(all), 'integrity', 'keepalive', 'priority', 'window', 'duplex'])
  const lost = Object.keys(given).filter((name) => !harmless.has(name))
  notUnderstood.push(...lost.map((option) => t('The option {option} is left out.', { option })))
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

function toBody(given: unknown, notUnderstood: string[]): PastedBody {
  if (given === undefined || given === null) return { kind: 'none' }
  if (typeof given === 'string') return { kind: 'text', text: given, untyped: false }
  if (isMade(given, 'params')) return { kind: 'text', text: given.text, untyped: false }
  if (isMade(given, 'form')) return { kind: 'form', entries: given.entries.map(toEntry) }
  if (isMade(given, 'bytes')) return bytesBody(given.bytes, '')
  if (isMade(given, 'blob') && given.bytes !== null) return bytesBody(given.bytes, given.type)
  notUnderstood.push(unknownValue(t('The body'), isMade(given, 'unknown') ? given.code : ''))
  return { kind: 'file' }
}

function bytesBody(bytes: string, type: string): PastedBody {
  const text = type === '' ? fromByteText(bytes) : null
  if (text !== null) return { kind: 'text', text, untyped: true }
  return { kind: 'bytes', base64: toBase64(Uint8Array.from(bytes, (char) => char.charCodeAt(0))), type }
}

function toEntry([name, value, fileName]: readonly [string, unknown, string | null]): PastedEntry {
  if (!isMade(value, 'blob') && !isMade(value, 'unknown')) return { name, value: String(value) }
  return { name, fileName: fileName ?? 'blob', type: isMade(value, 'blob') ? value.type : '' }
}

const MOST_CODE = 60

function unknownValue(what: string, code: string): string {
  const short = code.length > MOST_CODE ? `${code.slice(0, MOST_CODE)}…` : code
  return t('{what} cannot be told without running the code: {code}', { what, code: short })
}
