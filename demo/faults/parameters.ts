/** From the query of `/fault` to the answer that it asks for. */
import { constants } from 'node:http2'
import { DEFAULT_ATTEMPT, readAttempts } from './attempts.ts'
import { minimumEvents } from './bodies.ts'
import { BODIES, DEEDS, ENCODINGS, FINISHES, FRAMINGS, type BodyKind, type Fault, type Resume } from './fault.ts'
import { readPlace, readWait } from './places.ts'
import { bytesOf, createQuery, type Query } from './query.ts'

const MS = { min: 0, max: 600_000, fallback: 0 }
const DEFAULT_EVENTS = 10
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/
const FIELD_VALUE = /^[\t\u0020-\u007e\u0080-\u00ff]*$/
const EOLS = { lf: '\n', crlf: '\r\n', cr: '\r' } as const
const NO_BODY_STATUSES: readonly number[] = [204, 205, 304]

const TYPES: Readonly<Record<BodyKind, string | null>> = {
  sse: 'text/event-stream',
  openai: 'text/event-stream',
  anthropic: 'text/event-stream',
  raw: 'text/event-stream',
  ndjson: 'application/x-ndjson',
  text: 'text/plain; charset=utf-8',
  json: 'application/json',
  none: null,
}

export interface Asking {
  /** The query, with its question mark. */
  readonly search: string
  /** 1 for the first request with this tag. */
  readonly attempt: number
  readonly lastEventId: string | null
  readonly httpVersion: 1 | 2
}

/** @throws BadParametersError that names each parameter that is wrong */
export function readFault({ search, attempt, lastEventId, httpVersion }: Asking): Fault {
  const values = new URLSearchParams(search)
  const query = createQuery(values)
  const attempts = readAttempts(query)
  for (const [name, value] of attempts[Math.min(attempt, attempts.length) - 1] ?? DEFAULT_ATTEMPT)
    values.set(name, value)

  const redirects = query.whole('redirects', { min: 0, max: 100, fallback: 0 })
  const status = query.whole('status', { min: 200, max: 599, fallback: redirects > 0 ? 302 : 200 })
  const body = readBody(query, status)
  const encoding = query.choice('encoding', ENCODINGS, 'none')
  const length = readLength(query)
  const framing = query.choice('framing', FRAMINGS, length === null ? 'chunked' : 'length')
  const resume = readResume(query)
  const fault: Fault = {
    tag: query.text('tag', ''),
    status,
    location: readLocation(query, redirects, search),
    type: readType(query, body),
    cors: readCors(query),
    preflight: query.yes('preflight', true),
    headers: query.all('header').map((line) => readHeader(query, line)),
    body,
    raw: bytesOf(search, 'raw'),
    events: readEvents(query, body),
    firstEvent: firstEvent(query.whole('firstId', { min: 1, max: 1e9, fallback: 1 }), resume, lastEventId),
    dataBytes: query.whole('dataBytes', { min: 0, max: 16 * 1024 * 1024, fallback: 0 }),
    ids: query.yes('ids', true),
    beats: query.whole('beats', { min: 0, max: 1000, fallback: 0 }),
    retryMs: query.has('retry') ? query.whole('retry', MS) : null,
    eol: EOLS[query.choice('eol', ['lf', 'crlf', 'cr'], 'lf')],
    terminal: query.yes('terminal', true),
    finish: query.choice('finish', FINISHES, 'stop'),
    errorAt: query.has('error') ? query.whole('error', { min: 1, max: 100_000, fallback: 1 }) : null,
    encoding,
    encode: query.yes('encode', true),
    flush: query.yes('flush', true),
    framing,
    length,
    keepAlive:
      query.choice('connection', ['keep-alive', 'close'], 'keep-alive') === 'keep-alive' && framing !== 'close',
    trailers: query.yes('trailers', false),
    headMs: query.whole('headMs', MS),
    firstMs: query.whole('firstMs', MS),
    everyMs: query.whole('everyMs', MS),
    dripBytes: query.whole('drip', { min: 1, max: 1_000_000, fallback: 0 }),
    dripMs: query.whole('dripMs', MS),
    burst: query.text('burst', '') === 'all' ? Infinity : query.whole('burst', { min: 1, max: 100_000, fallback: 1 }),
    waits: readWaits(query),
    at: readPlace(query, 'at', query.text('at', 'end')),
    do: query.choice('do', DEEDS, 'close'),
    code: readCode(query),
    beatMs: query.whole('beatMs', MS),
    readBody: query.yes('readBody', true),
  }
  checkTogether(query, fault, httpVersion)
  query.finish()
  return fault
}

function readBody(query: Query, status: number): BodyKind {
  if (query.has('raw')) {
    query.all('raw')
    return query.choice('body', ['raw'], 'raw')
  }
  if (NO_BODY_STATUSES.includes(status)) return query.choice('body', ['none'], 'none')
  return query.choice('body', BODIES, status < 300 ? 'sse' : 'json')
}

function readEvents(query: Query, body: BodyKind): number {
  const min = minimumEvents(body)
  return query.whole('events', { min, max: 100_000, fallback: Math.max(DEFAULT_EVENTS, min) })
}

function readType(query: Query, body: BodyKind): string | null {
  const type = query.text('type', TYPES[body] ?? 'none')
  if (!FIELD_VALUE.test(type)) query.complain('type', '"type" must fit on a header line.')
  return type === 'none' ? null : type
}

function readCors(query: Query): string | null {
  const cors = query.text('cors', '*')
  if (!FIELD_VALUE.test(cors)) query.complain('cors', '"cors" must be *, origin, none, or an origin.')
  return cors === 'none' ? null : cors
}

function readHeader(query: Query, line: string): readonly [string, string] {
  const colon = line.indexOf(':')
  const [name, value] = [line.slice(0, Math.max(colon, 0)), line.slice(colon + 1).trim()]
  if (!TOKEN.test(name) || !FIELD_VALUE.test(value)) {
    query.complain('header', `"header" must be like "Via: 1.1 proxy", not ${JSON.stringify(line)}.`)
  }
  return [name, value]
}

/** A redirect to itself counts down; any other goes where `location` says. */
function readLocation(query: Query, redirects: number, search: string): string | null {
  const location = query.text('location', '')
  if (!FIELD_VALUE.test(location)) query.complain('location', '"location" must fit on a header line.')
  if (redirects === 0) return location === '' ? null : location
  if (location !== '') query.complain('location', 'Give "location" or "redirects", not both.')
  const next = new URLSearchParams(search)
  next.set('redirects', String(redirects - 1))
  if (redirects === 1) for (const name of ['redirects', 'status']) next.delete(name)
  return `/fault?${next.toString()}`
}

/** A plus sign in a query is a blank when it was not written as %2B. */
function readLength(query: Query): Fault['length'] {
  const value = query.text('length', '')
  if (value === '') return null
  const [, sign, digits] = /^([ +-]?)(\d{1,9})$/.exec(value) ?? []
  if (digits === undefined) {
    query.complain('length', `"length" must be like 500, +100 or -100, not "${value}".`)
    return null
  }
  if (sign === '') return { exactly: Number(digits) }
  return { more: sign === '-' ? -Number(digits) : Number(digits) }
}

function readResume(query: Query): Resume {
  const value = query.text('resume', 'next')
  if (value === 'restart') return { kind: 'restart' }
  const [whole, kind, count = '0'] = /^(?:next|(repeat|skip):(\d{1,6}))$/.exec(value) ?? []
  if (whole === undefined) query.complain('resume', '"resume" must be next, restart, repeat:N or skip:N.')
  return { kind: 'onwards', offset: kind === 'repeat' ? -Number(count) : Number(count) }
}

function firstEvent(first: number, resume: Resume, lastEventId: string | null): number {
  const last = /^\d{1,9}$/.test(lastEventId ?? '') ? Number(lastEventId) : null
  if (last === null || resume.kind === 'restart') return first
  return Math.max(1, last + 1 + resume.offset)
}

function readWaits(query: Query): Fault['waits'] {
  const gate = query.text('gate', '')
  const given = query.all('wait')
  if (gate !== '' && given.length === 0) return [readWait(query, 'head', gate)]
  return given.map((wait) => readWait(query, wait, gate))
}

/** HTTP/2's error codes by number or name (RFC 9113, section 7). */
function readCode(query: Query): number {
  const value = query.text('code', 'INTERNAL_ERROR')
  if (/^\d{1,9}$/.test(value)) return Number(value)
  const code: unknown = Reflect.get(constants, `NGHTTP2_${value}`)
  if (typeof code === 'number') return code
  query.complain('code', `"code" must be an HTTP/2 error code such as CANCEL or 8, not "${value}".`)
  return 0
}

function checkTogether(query: Query, fault: Fault, httpVersion: 1 | 2): void {
  const { body, do: deed, at, framing, encoding } = fault
  const chunked = framing === 'chunked'
  if (body === 'text' && fault.errorAt !== null) query.complain('error', 'A body of text has no error event.')
  if (fault.errorAt !== null && fault.errorAt > fault.events)
    query.complain('error', '"error" lies behind the last event.')
  if (fault.length !== null && framing !== 'length') query.complain('length', '"length" needs framing=length.')
  if (fault.trailers && !chunked) query.complain('trailers', '"trailers" needs framing=chunked.')
  if (deed === 'goaway' && httpVersion === 1) query.complain('do', 'do=goaway needs HTTP/2.')
  if (deed === 'badhead' && at.kind !== 'head') query.complain('do', 'do=badhead needs at=head.')
  if (deed === 'badchunk' && !chunked) query.complain('do', 'do=badchunk needs framing=chunked.')
  if (deed === 'badcode' && encoding === 'none') query.complain('do', 'do=badcode needs an encoding.')
  if ((deed === 'badhead' || deed === 'badchunk') && httpVersion === 2)
    query.complain('do', `do=${deed} needs HTTP/1.1.`)
  const needsHead = deed === 'close' || deed === 'badchunk' || deed === 'badcode'
  if (needsHead && (at.kind === 'head' || at.kind === 'midhead'))
    query.complain('at', `do=${deed} needs a place behind at=${at.kind}.`)
  if (fault.beatMs > 0 && (deed !== 'stall' || encoding !== 'none')) {
    query.complain('beatMs', '"beatMs" needs do=stall and no encoding.')
  }
  if (at.kind === 'midhead' && httpVersion === 2) query.complain('at', 'at=midhead needs HTTP/1.1.')
}
