import { expect, test } from 'vitest'
import {
  TIME_ORIGIN_MS,
  CALL_MS,
  NO_TIMINGS,
  eventSource,
  events,
  fetched,
  found,
  only,
  paced,
  placesOf,
} from '../streams.ts'

const RULE = 'buffered-delivery'
const GET = { method: 'GET', asked: 'Accept: text/event-stream' }

test('a whole answer in one chunk, long after the request, is found with the place and the figures', () => {
  const finding = only(RULE, fetched({ headAtMs: 3200, chunks: [[3200, events(40)]], endAtMs: 3201 }))
  expect(finding.severity).toBe('warning')
  expect(finding.sentence).toBe('All 40 events came within 1 ms, after 3.2 s of silence. Something held them back.')
  expect(placesOf(finding)[0]).toEqual({ at: 'event', index: 0 })
  expect(finding.advice.join('\n')).toContain('X-Accel-Buffering: no')
  expect(finding.advice.join('\n')).toContain('curl -N')
})

test('bursts after silences, again and again, are found', () => {
  const connection = fetched({
    open: GET,
    chunks: [
      [1000, events(12)],
      [2000, events(12, 13)],
      [3500, events(12, 25)],
    ],
  })
  const finding = only(RULE, connection)
  expect(finding.sentence).toContain('36 of 36 events came in 3 bursts, each after at least 1.0 s of silence.')
  expect(placesOf(finding)).toEqual([
    { at: 'event', index: 0 },
    { at: 'event', index: 12 },
    { at: 'event', index: 24 },
  ])
})

test('a burst may come in several chunks, as long as they are read in one go', () => {
  const chunks = [1000, 2000].flatMap((fromMs) => paced(4, 3, fromMs).map(([atMs]) => [atMs, events(3)] as const))
  expect(only(RULE, fetched({ chunks })).sentence).toContain('24 of 24 events came in 2 bursts')
})

test('without anything that points to a buffer, bursts of a subscription are a hint only', () => {
  const chunks = [2000, 4000, 6000].map((atMs, index) => [atMs, events(6 + index, index * 10)] as const)
  const finding = only(RULE, fetched({ open: GET, chunks }))
  expect(finding.severity).toBe('hint')
  expect(finding.sentence).toContain('If the server makes them one after another')
})

test("the events' own times prove that they were made apart", () => {
  const madeAt = (ms: number) => `data: {"created_at":"${new Date(TIME_ORIGIN_MS + CALL_MS + ms).toISOString()}"}\n\n`
  const burst = (fromMs: number) => Array.from({ length: 6 }, (_, index) => madeAt(fromMs + index * 500)).join('')
  const finding = only(RULE, fetched({ open: GET, chunks: [[3000, burst(100)]] }))
  expect(finding.severity).toBe('warning')
  expect(finding.sentence).toContain('By their own times (created_at) they were made up to 2.5 s apart')
})

test('a list of older things at the start is no proof, nor are whole seconds next to each other', () => {
  const at = (seconds: number) => `data: {"ts":${seconds}}\n\n`
  const base = TIME_ORIGIN_MS / 1000
  const history = Array.from({ length: 9 }, (_, index) => at(base - 3600 + index * 60)).join('')
  expect(found(RULE, fetched({ open: GET, chunks: [[900, history], ...paced(5, 1000, 2000)] }))).toEqual([])
  const sameSecond = at(base) + at(base) + at(base) + at(base + 1) + at(base + 1)
  expect(found(RULE, fetched({ open: GET, chunks: [[900, sameSecond], ...paced(5, 1000, 2000)] }))).toEqual([])
})

test('own times count only between request and delivery, as far as two clocks agree, and only far apart', () => {
  const made = (fromMs: number, everyMs: number) =>
    Array.from({ length: 6 }, (_, n) => `data: {"ts":${TIME_ORIGIN_MS + CALL_MS + fromMs + n * everyMs}}\n\n`).join('')
  const isProven = (fromMs: number, everyMs: number) =>
    found(RULE, fetched({ open: GET, chunks: [[3000, made(fromMs, everyMs)]] })).length > 0
  expect(isProven(500, 400)).toBe(true)
  // A server whose clock is 3 s slow.
  expect(isProven(-2500, 400)).toBe(true)
  // A list of what happened before the request.
  expect(isProven(-12_000, 400)).toBe(false)
  // From the future.
  expect(isProven(20_000, 400)).toBe(false)
  expect(isProven(500, 100)).toBe(false)
})

test('compression is named first, and its header is linked', () => {
  const finding = only(
    RULE,
    fetched({ headers: [['content-encoding', 'gzip']], chunks: [[2500, events(8)]], endAtMs: 2510 }),
  )
  expect(finding.sentence).toContain('Most likely: compression that is not flushed after each event (gzip).')
  expect(placesOf(finding)).toContainEqual({ at: 'response header', name: 'content-encoding' })
  expect(finding.advice[0]).toContain('no-transform')
})

test('compression although no-transform was said is not blamed on a proxy', () => {
  const headers = [
    ['Content-Encoding', 'br'],
    ['Cache-Control', 'no-cache, no-transform'],
  ] as const
  const finding = only(RULE, fetched({ headers, chunks: [[2500, events(8)]], endAtMs: 2510 }))
  expect(finding.evidence.map(({ text }) => text).join('\n')).toContain('hardly a proxy')
  expect(finding.advice[0]).toContain('Leave this path out of compression')
})

test('a length, a cache and a proxy are told by their headers', () => {
  const likeliest = (...headers: (readonly [string, string])[]) =>
    /Most likely: (.*)\.$/.exec(
      only(RULE, fetched({ headers, chunks: [[2500, events(20)]], endAtMs: 2510 })).sentence,
    )?.[1]
  expect(likeliest(['content-length', '4000'])).toContain('the length was known')
  expect(likeliest(['age', '17'])).toBe('a cache on the way, which had all of it')
  expect(likeliest(['server', 'nginx/1.27.0'])).toBe('a buffer at nginx')
  expect(likeliest(['cf-ray', '8f2-FRA'])).toBe('a buffer at Cloudflare')
  expect(likeliest(['x-vercel-id', 'fra1::x'])).toBe('a buffer at Vercel')
  expect(likeliest(['x-amz-cf-id', 'x'])).toBe('a buffer at CloudFront')
  expect(likeliest(['via', '1.1 varnish'])).toBe('a buffer at Varnish or Fastly')
  expect(likeliest(['via', '1.0 squid'])).toContain('a proxy on the way (1.0 squid)')
  expect(likeliest()).toBeUndefined()
})

test('platforms are advised only where a header shows them', () => {
  const advice = (headers: readonly (readonly [string, string])[]) =>
    only(RULE, fetched({ headers, chunks: [[2500, events(20)]], endAtMs: 2510 })).advice.join('\n')
  expect(advice([['server', 'nginx']])).toContain('proxy_buffering off;')
  expect(advice([['x-amz-apigw-id', 'x']])).toContain('STREAM')
  expect(advice([['server', 'uvicorn']])).not.toMatch(/nginx:|Cloudflare|Vercel|CloudFront/)
})

test('X-Accel-Buffering that reached the browser speaks against nginx', () => {
  const headers = [['X-Accel-Buffering', 'no']] as const
  const { evidence } = only(RULE, fetched({ headers, chunks: [[2500, events(20)]], endAtMs: 2510 }))
  expect(evidence.find(({ place }) => place?.at === 'response header')?.text).toContain('takes it out')
})

test('headers hidden by CORS are said to be hidden, and DevTools fills them in', () => {
  const given = { responseType: 'cors', chunks: [[2500, events(20)]], endAtMs: 2510 } as const
  expect(only(RULE, fetched(given)).evidence.at(-1)?.text).toContain('CORS')
  const network = { protocol: 'h2', responseHeaders: [['content-encoding', 'gzip']] } as const
  const told = only(RULE, fetched({ ...given, network }))
  expect(told.sentence).toContain('gzip')
  expect(told.evidence.map(({ text }) => text).join('\n')).toContain('h2')
})

test('chunks cut inside an event before a silence show a buffer that is passed on when full', () => {
  const text = events(60)
  const parts = [text.slice(0, 255), text.slice(255, 510), text.slice(510)]
  const finding = only(
    RULE,
    fetched({ open: GET, chunks: parts.map((part, index) => [(index + 1) * 1500, part] as const) }),
  )
  expect(finding.severity).toBe('warning')
  expect(finding.evidence.find(({ place }) => place?.at === 'chunk')?.text).toContain('stopped inside an event')
})

test('bursts of one size show a buffer only where it is a whole number of kibibytes', () => {
  const severityOf = (sizeBytes: number) => {
    const burst = `${events(20)}: ${' '.repeat(sizeBytes - events(20).length - 4)}\n\n`
    const chunks = [2000, 4000].map((atMs) => [atMs, burst] as const)
    return only(RULE, fetched({ open: GET, chunks })).severity
  }
  expect(severityOf(4096)).toBe('warning')
  expect(severityOf(4100)).toBe('hint')
})

test('lines of JSON that come in one go may well be a list: a hint', () => {
  const rows = Array.from({ length: 50 }, (_, n) => `{"row":${n}}\n`).join('')
  const given = { type: 'application/x-ndjson', chunks: [[2000, rows]], endAtMs: 2001 } as const
  expect(only(RULE, fetched({ ...given, open: GET })).severity).toBe('hint')
  expect(only(RULE, fetched({ ...given, open: GET, headers: [['via', '1.1 proxy']] })).severity).toBe('warning')
  expect(only(RULE, fetched({ open: GET, chunks: [[2000, events(50)]], endAtMs: 2001 })).severity).toBe('warning')
})

test('a service worker or script that made the Response is named', () => {
  const finding = only(RULE, fetched({ responseType: 'default', chunks: [[2500, events(20)]], endAtMs: 2510 }))
  expect(finding.sentence).toContain('the service worker or script that made the Response')
})

test('an EventSource whose events come at once before it breaks is found', () => {
  const burst = Array.from({ length: 20 }, (_, n) => ['event', 3000 + n / 10, `${n}`] as const)
  expect(only(RULE, eventSource(['open', 50], ...burst, ['break', 3010])).sentence).toContain('All 20 events')
  // The page closes it between two attempts.
  const closed = eventSource(['open', 50], ...burst, ['break', 3010], ['close', 5000])
  expect(only(RULE, closed).severity).toBe('warning')
})

test('what an EventSource missed between two attempts may come at once', () => {
  const missed = Array.from({ length: 20 }, (_, n) => ['event', 5000, `${n}`] as const)
  const live = Array.from({ length: 5 }, (_, n) => ['event', 100 + n * 100, `${n}`] as const)
  expect(found(RULE, eventSource(['open', 50], ...live, ['break', 600], ['open', 4900], ...missed))).toEqual([])
})

test('near misses say nothing', () => {
  const none = (given: Parameters<typeof fetched>[0]) => expect(found(RULE, fetched(given))).toEqual([])
  // Quick, all at once.
  none({ chunks: [[300, events(500)]], endAtMs: 301 })
  // A short answer.
  none({ chunks: [[3000, events(8)]], endAtMs: 3001 })
  // A burst, and then it goes on.
  none({ chunks: [[2000, events(40)], ...paced(80, 50, 2050)] })
  none({ chunks: [[600, events(40)]], endAtMs: 601 })
  // Two bursts in a stream that flows.
  none({ chunks: [[1000, events(12)], [2000, events(12)], ...paced(40, 50, 2050)] })
  // One burst that proves itself, as the network makes it, in a long stream.
  const own = (ms: number) => `data: {"ts":${TIME_ORIGIN_MS + CALL_MS + ms}}\n\n`
  const burst = [1000, 1500, 2000, 2500, 2900].map(own).join('')
  none({ chunks: [...paced(18, 50), [3000, burst], ...paced(20, 50, 3050)] })
  // A backlog at the start of a subscription that lives on.
  none({ open: GET, chunks: [[1200, events(50)]] })
  // As fast as the client reads, after a long think.
  none({ chunks: Array.from({ length: 40 }, (_, n) => [2000 + n * 4, events(50)] as const), endAtMs: 2300 })
  // Gaps that any network makes.
  none({ open: GET, chunks: [400, 800, 1200, 1600].map((atMs) => [atMs, events(10)] as const) })
  // Events that take a moment to come are made meanwhile.
  none({ chunks: [1000, 2000].flatMap((fromMs) => paced(12, 4, fromMs)) })
  // The network holds back most of a short answer.
  none({ chunks: [...paced(16, 30), [2000, events(45)]], endAtMs: 2001 })
  // A stall in a stream that flows, and the rest at once.
  none({ chunks: [...paced(40, 50), [4000, events(20)]], endAtMs: 4001 })
  // Text without events.
  none({ type: 'text/plain', chunks: [[3000, 'one\n'.repeat(100)]], endAtMs: 3001 })
})

test('an XHR read only at its end is no evidence, unless DevTools says that it came late', () => {
  const given = {
    open: { transport: 'xhr' as const },
    headAtMs: 3000,
    chunks: [[3000, events(20)]],
    endAtMs: 3000,
  } as const
  expect(found(RULE, fetched(given))).toEqual([])
  const timings = { ...NO_TIMINGS, waitMs: 2990, receiveMs: 2 }
  expect(only(RULE, fetched({ ...given, network: { timings } })).evidence.map(({ text }) => text)).toContain(
    'DevTools waited 3.0 s for the first byte and had the rest 2 ms later',
  )
})

test('silences in which the page did not read are not blamed on the server', () => {
  const chunks = [1000, 3000, 5000].map((atMs) => [atMs, events(12)] as const)
  const pauses = [[1050, 2990] as const, [3050, 4990] as const, [100, 990] as const]
  expect(found(RULE, fetched({ chunks, pauses }))).toEqual([])
  const read = only(RULE, fetched({ chunks, readBy: 'response.text()' }))
  expect(read.evidence.map(({ text }) => text).join('\n')).toContain('the browser reads for response.text() by itself')
})
