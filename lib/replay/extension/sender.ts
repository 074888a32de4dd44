/** Sends plans from the panel itself: no CORS, and any header, which the browser sets on this one request alone. */
import type { HeaderPair, OpenRecord, Reason } from '../../protocol.ts'
import { isCounted } from '../check-headers.ts'
import { isForbiddenHeader, isHeaderValue, isToken, withoutHeader } from '../headers.ts'
import { fromBase64 } from '../../export/body.ts'
import { headerOf } from '../../headers.ts'
import type { Connection } from '../../session/types.ts'
import type { ReplayPlan, SendableBody, SendableRequest } from '../replay.ts'
import type { ExtensionSender } from '../replayer.ts'
import { askedOf, toFormData, toOptions, toRecordedBody, typesOf } from '../wire.ts'
import type { ConnectionLog, PanelRecorder } from './recorder.ts'

/** Sets headers that no script may set, on one request. */
export interface HeaderRules {
  /** Readies `changes` for a request to `url`, and says what to fetch for it. Rejects where the browser refuses them. */
  put(url: string, changes: HeaderChanges): Promise<HeaderRule>
}
export interface HeaderChanges {
  readonly set: readonly HeaderPair[]
  readonly remove: readonly string[]
}
export interface HeaderRule {
  /** To be fetched in place of the URL. */
  readonly url: string
  /** Once the request is on its way. */
  remove(): void
}

export interface SenderOptions {
  readonly recorder: PanelRecorder
  readonly rules: HeaderRules
  readonly later: (callback: () => void, ms: number) => void
}

export function createExtensionSender({ recorder, rules, later }: SenderOptions): ExtensionSender {
  return {
    async send(plan, mark, original, pageUrl, isOver) {
      const headers = joinHeaders(plan.request.headers)
      // All that can fail comes before the rule, which nobody would take away again.
      const { ruled, opening, begin } = prepare(plan, headers, original, pageUrl)
      // Its own name would be there, which means nothing to a server.
      const remove = headerOf(headers, 'origin') === null ? ['origin'] : []
      const rule = await rules.put(opening.url, { set: ruled, remove })
      if (isOver()) {
        rule.remove()
        return () => {}
      }
      return begin(rule, recorder.open({ ...opening, replay: mark }), later)
    },
  }
}

type Stop = Awaited<ReturnType<ExtensionSender['send']>>
type Begin = (rule: HeaderRule, log: ConnectionLog, later: SenderOptions['later']) => Stop

interface Prepared {
  readonly ruled: readonly HeaderPair[]
  readonly opening: Omit<Parameters<PanelRecorder['open']>[0], 'replay'>
  readonly begin: Begin
}

function prepare(
  plan: ReplayPlan,
  headers: readonly HeaderPair[],
  original: Connection | null,
  pageUrl: string,
): Prepared {
  const { request, as } = plan
  const credentials = toCredentials(request, pageUrl)
  const opening = { ...toOpening(plan, headers), url: withoutHash(request.url), asked: askedOf(headers, original) }
  if (as === 'eventsource') {
    const types = original === null ? [] : typesOf(original)
    return { ruled: headers, opening, begin: (rule, log) => listen(rule, credentials, log, types) }
  }
  const { own, ruled } = partHeaders(headers)
  const init = toInit({ ...request, credentials }, own)
  return { ruled, opening, begin: (rule, log, later) => fetchAndRead(init, request.timeoutMs, rule, log, later) }
}

function withoutHash(url: string): string {
  const parsed = new URL(url)
  parsed.hash = ''
  return parsed.href
}

/** One pair a name: cookies are told apart by semicolons, all else by commas. */
function joinHeaders(given: readonly HeaderPair[]): readonly HeaderPair[] {
  const joined = new Map<string, HeaderPair>()
  for (const [name, value] of given) {
    if (!isToken(name) || !isHeaderValue(value) || isCounted(name)) continue
    const key = name.toLowerCase()
    const before = joined.get(key)
    const separator = key === 'cookie' ? '; ' : ', '
    joined.set(
      key,
      before === undefined ? [name, value.trim()] : [before[0], `${before[1]}${separator}${value.trim()}`],
    )
  }
  return [...joined.values()]
}

/** Those that fetch takes, and those that only the browser itself can set. */
function partHeaders(headers: readonly HeaderPair[]) {
  const isRuled = ([name]: HeaderPair): boolean => isForbiddenHeader(name) || /^user-agent$/i.test(name)
  return { own: headers.filter((pair) => !isRuled(pair)), ruled: headers.filter(isRuled) }
}

function toOpening({ request, as }: ReplayPlan, headers: readonly HeaderPair[]) {
  const isSource = as === 'eventsource'
  return {
    transport: as,
    method: isSource ? 'GET' : request.method,
    headers,
    body: isSource ? { kind: 'none' } : toRecordedBody(request.body),
    options: isSource
      ? { withCredentials: String(request.credentials === 'include') }
      : toOptions(request, ['credentials', 'redirect', 'cache']),
    stack: '',
  } as const satisfies Partial<OpenRecord>
}

/** For the extension each site is another: `same-origin` is the page's. */
function toCredentials({ credentials, url }: SendableRequest, pageUrl: string): RequestCredentials {
  if (credentials !== 'same-origin') return credentials
  return URL.parse(url)?.origin === URL.parse(pageUrl)?.origin ? 'include' : 'omit'
}

function toInit(
  { method, credentials, redirect, cache, body }: SendableRequest,
  own: readonly HeaderPair[],
): RequestInit {
  return {
    method,
    headers: withType(own, body).map(([name, value]) => [name, value]),
    body: toBody(body),
    credentials,
    redirect,
    cache,
    referrerPolicy: 'no-referrer',
  }
}

function fetchAndRead(
  init: RequestInit,
  timeoutMs: number | null,
  rule: HeaderRule,
  log: ConnectionLog,
  later: SenderOptions['later'],
): Stop {
  const controller = new AbortController()
  const fetched = fetch(rule.url, { ...init, signal: controller.signal })
  fetched
    .then((response) => readAll(response, rule, log))
    .catch((error: unknown) => log.end({ how: 'error', reason: toReason(error) }))
    .finally(() => rule.remove())
  if (timeoutMs !== null) {
    later(() => {
      log.end({ how: 'timeout', limitMs: timeoutMs })
      controller.abort()
    }, timeoutMs)
  }
  return (by) => {
    // Written down first: what the read says then is only its effect.
    log.end({ how: 'cancel', by })
    controller.abort()
  }
}

async function readAll(response: Response, rule: HeaderRule, log: ConnectionLog): Promise<void> {
  rule.remove()
  log.head({
    status: response.status,
    statusText: response.statusText,
    type: response.type,
    redirected: response.redirected,
    url: response.url.split('#', 1)[0] ?? '',
    headers: [...response.headers],
    declared: '',
  })
  const reader = response.body?.getReader()
  while (reader !== undefined) {
    const { done, value } = await reader.read()
    if (done) break
    log.chunk(value)
  }
  log.end({ how: 'done' })
}

function listen(rule: HeaderRule, credentials: RequestCredentials, log: ConnectionLog, types: readonly string[]): Stop {
  const source = new EventSource(rule.url, { withCredentials: credentials === 'include' })
  const close = (): void => {
    source.close()
    rule.remove()
  }
  const onEvent = (event: Event): void => {
    if (!(event instanceof MessageEvent)) return
    const { type, data, lastEventId, origin } = event as MessageEvent<unknown>
    log.event({ type, data: String(data), id: lastEventId, origin })
  }
  for (const type of ['message', 'open', 'error', ...types]) source.addEventListener(type, onEvent)
  source.addEventListener('open', (event) => {
    if (!(event instanceof MessageEvent)) log.attempt('open')
  })
  source.addEventListener('error', (event) => {
    if (event instanceof MessageEvent) return
    if (source.readyState !== EventSource.CLOSED) return log.attempt('reconnecting')
    log.end({ how: 'error', readyState: source.readyState })
    close()
  })
  return (by) => {
    log.end({ how: 'cancel', by, readyState: EventSource.CLOSED })
    close()
  }
}

function withType(headers: readonly HeaderPair[], body: SendableBody): readonly HeaderPair[] {
  if (body.kind !== 'bytes' || body.type === '' || headerOf(headers, 'content-type') !== null) return headers
  return [...withoutHeader(headers, 'content-type'), ['Content-Type', body.type]]
}

function toBody(body: SendableBody): BodyInit | null {
  switch (body.kind) {
    case 'none':
    case 'missing':
      return null
    case 'text':
      return body.text
    case 'bytes':
      return fromBase64(body.base64)
    case 'form':
      return toFormData(body.entries)
    default:
      return body satisfies never
  }
}

function toReason(error: unknown): Reason {
  if (error instanceof DOMException) return { type: 'DOMException', name: error.name, text: error.message }
  if (error instanceof Error) return { type: 'Error', name: error.name, text: error.message }
  return { type: typeof error, name: '', text: String(error) }
}
