import type { HeaderPair } from '../protocol.ts'
import type { ReplayRequest } from '../replay/request.ts'
import { toContentType, toSentBody, toSentHeaders } from './body.ts'
import { toComments } from './comments.ts'
import { toJsBody, toJsName, toJsObject, toJsString } from './javascript.ts'
import { headerOf } from '../headers.ts'

type Field = readonly [name: string, code: string]

/** `fetch` for a page or the Console, with the page's own headers: the browser adds the rest itself. */
export function toFetch(request: ReplayRequest): string {
  const body = toSentBody(request)
  const type = toContentType(request)
  const { before, code } = toJsBody(body, type !== '')
  // A string's type is added by itself.
  const needsType = body.kind !== 'none' && body.kind !== 'form' && type !== 'text/plain;charset=UTF-8' && type !== ''
  const given = request.headers
  const headers: readonly HeaderPair[] =
    needsType && headerOf(given, 'content-type') === null ? [...given, ['Content-Type', type]] : given
  return write(
    request,
    before,
    [
      ...methodField(request),
      ...headerField(request.transport === 'eventsource' ? [['Accept', 'text/event-stream'], ...headers] : headers),
      ...bodyField(code),
      ...optionFields(request),
    ],
    'console.log(text)',
  )
}

/** `fetch` for Node 22 and later, as a module. */
export function toNodeFetch(request: ReplayRequest, withWire: boolean): string {
  const { before, code } = toJsBody(toSentBody(request), toContentType(request) !== '')
  const { redirect } = request.options
  return write(
    request,
    before,
    [
      ...methodField(request),
      ...headerField(toSentHeaders(request, withWire)),
      ...bodyField(code),
      ...(redirect === undefined || redirect === 'follow' ? [] : [['redirect', toJsString(redirect)] as const]),
    ],
    'process.stdout.write(text)',
  )
}

function write(request: ReplayRequest, before: readonly string[], fields: readonly Field[], print: string): string {
  const init = fields.length === 0 ? '' : `, ${toJsObject(fields, '')}`
  const read = ['for await (const text of response.body.pipeThrough(new TextDecoderStream())) {', `  ${print}`, '}']
  return [
    ...toComments(request.notes, '//'),
    ...before,
    `const response = await fetch(${toJsString(request.url)}${init})`,
    'console.log(response.status, response.statusText)',
    ...(request.method === 'HEAD' ? [] : read),
  ].join('\n')
}

const methodField = ({ method }: ReplayRequest): readonly Field[] =>
  method === 'GET' ? [] : [['method', toJsString(method)]]
const bodyField = (code: string | null): readonly Field[] => (code === null ? [] : [['body', code]])

function headerField(headers: readonly HeaderPair[]): readonly Field[] {
  if (headers.length === 0) return []
  const names = new Set(headers.map(([name]) => name.toLowerCase()))
  // Of an object's fields of one name only the last would be left.
  if (names.size < headers.length)
    return [
      [
        'headers',
        `[\n${headers.map(([name, value]) => `    [${toJsString(name)}, ${toJsString(value)}],\n`).join('')}  ]`,
      ],
    ]
  return [
    [
      'headers',
      toJsObject(
        headers.map(([name, value]) => [toJsName(name), toJsString(value)]),
        '  ',
      ),
    ],
  ]
}

/** Those of the Fetch standard's options that a page may give, and what they are without it. */
const DEFAULTS: Readonly<Record<string, readonly string[]>> = {
  mode: ['cors', 'navigate'],
  credentials: ['same-origin'],
  cache: ['default'],
  redirect: ['follow'],
  referrer: ['about:client'],
  referrerPolicy: [''],
  integrity: [''],
  priority: ['auto'],
}

function optionFields({ options, transport }: ReplayRequest): readonly Field[] {
  const all: Readonly<Record<string, string>> = {
    ...options,
    ...(options['withCredentials'] === 'true' && { credentials: 'include' }),
    ...(transport === 'eventsource' && { cache: 'no-store' }),
  }
  const given = Object.entries(DEFAULTS).flatMap(([name, usual]): readonly Field[] => {
    const value = all[name]
    return value === undefined || usual.includes(value) ? [] : [[name, toJsString(value)]]
  })
  return all['keepalive'] === 'true' ? [...given, ['keepalive', 'true']] : given
}
