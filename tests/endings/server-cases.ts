/** What servers and networks do to a page that reads to the end. */
import {
  CLOSES,
  completed,
  errorEvent,
  httpError,
  incomplete,
  lost,
  reconnecting,
  refused,
  unreachable,
  type EndingCase,
  type Expected,
  type PageAct,
  type ServerAct,
} from './ending-case.ts'

const FETCH_READS: PageAct = {
  does: 'reads to the end',
  code: `const response = await fetch(url, { headers: { accept: 'text/event-stream' } }); for await (const chunk of response.body ?? []) go();`,
}
const XHR_READS: PageAct = {
  does: 'reads to the end',
  code: `const xhr = open(); xhr.onprogress = go; xhr.send(); await ended(xhr);`,
}
const LISTENS: PageAct = { does: 'listens', code: `new EventSource(url).onmessage = go;` }

type Answer = EndingCase['expected'] | null
interface Row {
  readonly does: string
  readonly query: string
  readonly host?: ServerAct['host']
  readonly fetch?: Answer
  readonly xhr?: Answer
  readonly eventSource?: Answer
  readonly exact?: Partial<Expected>
}

/** XHR gives no error value. */
const quiet = (given: Expected): Expected => ({ ...given, reason: null })

function toCases({ does, query, host, exact, ...row }: Row): EndingCase[] {
  const server: ServerAct = { does, query, ...(host === undefined ? {} : { host }) }
  // DevTools adds only where the page was not told.
  const toMore = (answer: EndingCase['expected']) =>
    exact !== undefined && 'verdict' in answer && ['refused', 'unreachable'].includes(answer.verdict) ? { exact } : {}
  const fetched = row.fetch ?? null
  const xhr = row.xhr === undefined && fetched !== null && 'verdict' in fetched ? quiet(fetched) : (row.xhr ?? null)
  const cases: EndingCase[] = []
  if (fetched !== null)
    cases.push({ transport: 'fetch', server, page: FETCH_READS, expected: fetched, ...toMore(fetched) })
  if (xhr !== null) cases.push({ transport: 'xhr', server, page: XHR_READS, expected: xhr, ...toMore(xhr) })
  if (row.eventSource) {
    cases.push({
      transport: 'eventsource',
      server,
      page: LISTENS,
      expected: row.eventSource,
      ...toMore(row.eventSource),
    })
  }
  return cases
}

const broken = lost('mid-stream', 'TypeError')
const refusedAtOnce = refused('before head')
const asHttpError = { verdict: 'http error', who: 'server', phase: 'before first byte' } as const
const answered = { phase: 'before first byte' } as const
const asRefused = { verdict: 'refused', who: 'browser' } as const

const WELL: readonly Row[] = [
  { ...CLOSES, fetch: completed, eventSource: reconnecting },
  { does: 'sends three events with a Content-Length', query: 'events=3&framing=length', fetch: completed },
  {
    does: 'sends three events and ends the TCP connection as the end',
    query: 'events=3&framing=close',
    fetch: completed,
  },
  { does: 'drips its events byte by byte', query: 'events=2&drip=1', fetch: completed },
  { does: 'sends all its events at once', query: 'events=20&burst=all', fetch: completed },
  {
    does: 'sends three events compressed',
    query: 'events=3&encoding=gzip',
    fetch: completed,
    eventSource: reconnecting,
  },
  { does: 'sends three events with Brotli, unflushed', query: 'events=3&encoding=br&flush=no', fetch: completed },
  { does: 'sends lines of JSON', query: 'body=ndjson&events=3', fetch: completed },
  {
    does: 'redirects twice, then sends three events',
    query: 'events=3&redirects=2',
    fetch: completed,
    eventSource: reconnecting,
  },
  {
    does: 'answers 204 No Content',
    query: 'status=204',
    fetch: completed,
    eventSource: refusedAtOnce,
    exact: asHttpError,
  },
  { does: 'sends a whole OpenAI answer', query: 'body=openai&events=6', fetch: completed },
  { does: 'sends a whole Anthropic answer', query: 'body=anthropic&events=8', fetch: completed },
]

const CUT: readonly Row[] = [
  { does: 'closes the stream inside a block', query: 'events=4&at=in:3', fetch: incomplete, eventSource: reconnecting },
  {
    does: 'closes the stream inside a character',
    query: 'events=4&at=char:3',
    fetch: incomplete,
    eventSource: reconnecting,
  },
  { does: 'closes the stream inside a line of JSON', query: 'body=ndjson&events=4&at=in:3', fetch: incomplete },
  { does: 'sends more than its Content-Length says', query: 'events=3&length=-20', fetch: incomplete },
  { does: 'sends an OpenAI answer without [DONE]', query: 'body=openai&events=6&terminal=no', fetch: incomplete },
  {
    does: 'sends an Anthropic answer without message_stop',
    query: 'body=anthropic&events=8&terminal=no',
    fetch: incomplete,
  },
]

const ERROR_EVENTS: readonly Row[] = [
  {
    does: 'sends an event of type error and closes',
    query: 'events=3&error=3',
    fetch: errorEvent('at its end'),
    eventSource: reconnecting,
  },
  {
    does: 'sends a line with an error and closes',
    query: 'body=ndjson&events=3&error=3',
    fetch: errorEvent('at its end'),
  },
  {
    does: 'sends an OpenAI error inside the answer',
    query: 'body=openai&events=6&error=4',
    fetch: errorEvent('at its end'),
  },
  {
    does: 'sends an Anthropic error inside the answer',
    query: 'body=anthropic&events=8&error=5',
    fetch: errorEvent('at its end'),
  },
]

const STATUSES: readonly Row[] = [401, 403, 404, 429, 500, 503].map((status) => ({
  does: `answers ${status}`,
  query: `status=${status}`,
  fetch: httpError('at its end'),
  eventSource: refusedAtOnce,
  exact: asHttpError,
}))

const REFUSALS: readonly Row[] = [
  {
    does: 'sends another Content-Type',
    query: 'events=3&type=text/html',
    fetch: completed,
    eventSource: refusedAtOnce,
    exact: answered,
  },
  {
    does: 'sends no Content-Type',
    query: 'events=3&type=none',
    fetch: completed,
    eventSource: refusedAtOnce,
    exact: answered,
  },
  {
    does: 'allows no other origin (CORS)',
    query: 'events=3&cors=none',
    fetch: unreachable,
    eventSource: refusedAtOnce,
    exact: asRefused,
  },
  {
    does: 'redirects without end',
    query: 'redirects=25',
    fetch: unreachable,
    eventSource: reconnecting,
    exact: asRefused,
  },
]

const NETWORK: readonly Row[] = [
  {
    does: 'resets the connection after three events',
    query: 'wait=event:3@GATE&at=event:3&do=rst',
    fetch: broken,
    eventSource: reconnecting,
  },
  {
    does: 'drops the connection after three events, without the last chunk',
    query: 'wait=event:3@GATE&at=event:3&do=fin',
    fetch: broken,
    eventSource: reconnecting,
  },
  { does: 'resets the connection inside a block', query: 'wait=event:2@GATE&at=in:3&do=rst', fetch: broken },
  { does: 'sends less than its Content-Length says', query: 'events=3&length=%2B100&wait=event:3@GATE', fetch: broken },
  {
    does: 'sends a chunk that is none',
    query: 'wait=event:3@GATE&at=event:3&do=badchunk',
    fetch: broken,
    eventSource: reconnecting,
  },
  {
    does: 'sends what is no gzip after three events',
    query: 'encoding=gzip&wait=event:3@GATE&at=event:3&do=badcode',
    fetch: broken,
  },
  {
    does: 'resets the connection before the body',
    query: 'at=start&do=rst',
    fetch: lost('before first byte', 'TypeError'),
    // Chromium tells an XHR of its head with the first byte.
    xhr: quiet(unreachable),
    exact: { verdict: 'lost', phase: 'before first byte' },
    eventSource: reconnecting,
  },
  { does: 'resets the connection at once', query: 'at=head&do=rst', fetch: unreachable, eventSource: reconnecting },
  {
    does: 'closes the connection without an answer',
    query: 'at=head&do=fin',
    fetch: unreachable,
    eventSource: reconnecting,
  },
  {
    does: 'drops the connection inside the head',
    query: 'at=midhead&do=fin',
    fetch: unreachable,
    eventSource: refusedAtOnce,
    exact: asRefused,
  },
  { does: 'answers what is no HTTP', query: 'at=head&do=badhead', fetch: unreachable },
  {
    does: 'is not there: nothing listens at its port',
    query: '',
    host: 'refused',
    fetch: unreachable,
    eventSource: reconnecting,
  },
  {
    does: 'is not there: its host has no address',
    query: '',
    host: 'unknown',
    fetch: unreachable,
    eventSource: reconnecting,
  },
]

const HTTP2: readonly Row[] = [
  { does: 'sends three events and closes (HTTP/2)', query: 'events=3', fetch: completed, eventSource: reconnecting },
  {
    does: 'resets the stream after three events (HTTP/2, INTERNAL_ERROR)',
    query: 'wait=event:3@GATE&at=event:3&do=rst',
    fetch: broken,
    eventSource: reconnecting,
  },
  {
    does: 'resets the stream after three events (HTTP/2, CANCEL)',
    query: 'wait=event:3@GATE&at=event:3&do=rst&code=CANCEL',
    fetch: broken,
  },
  { does: 'resets the stream at once (HTTP/2)', query: 'at=head&do=rst', fetch: unreachable },
  {
    does: 'says goodbye after three events and drops the connection (HTTP/2, GOAWAY)',
    query: 'wait=event:3@GATE&at=event:3&do=goaway',
    fetch: broken,
  },
].map((row) => ({ ...row, host: 'http2' as const }))

const ROWS = [...WELL, ...CUT, ...ERROR_EVENTS, ...STATUSES, ...REFUSALS, ...NETWORK, ...HTTP2]

export const SERVER_CASES: readonly EndingCase[] = ROWS.flatMap(toCases)
