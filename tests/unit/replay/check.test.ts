import { expect, test } from 'vitest'
import { checkPlan, isError, type Surroundings } from '../../../lib/replay/check.ts'
import type { Problem } from '../../../lib/replay/replay.ts'
import { problemText } from '../../../lib/replay/replay.ts'
import { plan, type GivenPlan } from '../../helpers/replay-plans.ts'

const AROUND: Surroundings = {
  pageUrl: 'https://page.test/app',
  originalPageUrl: 'https://page.test/app',
  page: 'ready',
  isGranted: true,
}
const problems = (given: GivenPlan, around: Partial<Surroundings> = {}) =>
  checkPlan(plan(given), { ...AROUND, ...around })
const errors = (given: GivenPlan, around?: Partial<Surroundings>) => problems(given, around).filter(isError)
const places = (found: readonly Problem[]) =>
  found.map(({ field, index }) => (index === undefined ? field : `${field} ${index}`))

test('nothing is said of what can be sent', () => {
  const headers = [
    ['Authorization', 'Bearer x'],
    ['X-Empty', ''],
    ['X-Padded', ' \t a b '],
  ] as const
  expect(problems({ request: { method: 'POST', headers, body: { kind: 'text', text: '{}' } } })).toEqual([])
  expect(
    problems({
      way: 'extension',
      request: {
        headers: [
          ['Cookie', 'a=b'],
          ['Sec-Fetch-Site', 'none'],
        ],
      },
    }),
  ).toEqual([])
  expect(problems({ as: 'eventsource' })).toEqual([])
})

test.for([
  ['', 'url'],
  ['/chat', 'url'],
  ['https://', 'url'],
  ['http://a b/', 'url'],
  ['ws://api.test/', 'url'],
  ['file:///etc/passwd', 'url'],
  ['chrome://version', 'url'],
  ['https://user:pass@api.test/', 'url'],
  ['http://api.test:6667/', 'url'],
  ['https://api.test:22/', 'url'],
])('a URL that no browser fetches is an error: %s', ([url = '', field]) => {
  for (const way of ['page', 'extension'] as const) expect(places(errors({ way, request: { url } }))).toEqual([field])
})

test.for(['http://api.test:8080/', 'https://api.test:443/', 'https://xn--e1afmkfd.test/', 'http://[::1]:3000/x?y#z'])(
  'a URL that browsers fetch is none: %s',
  (url) => {
    expect(errors({ way: 'extension', request: { url } })).toEqual([])
  },
)

test('a refused port is named', () => {
  const [problem] = errors({ request: { url: 'https://api.test:6000/' } })
  expect(problem && problemText(problem)).toBe('Browsers refuse to connect to port 6000.')
})

test('what only the page can reach is refused from the extension, and the other way round', () => {
  expect(places(errors({ way: 'extension', request: { url: 'blob:https://page.test/1' } }))).toEqual(['url'])
  expect(errors({ request: { url: 'blob:https://page.test/1' } })).toEqual([])
  const [mixed] = problems({ request: { url: 'http://api.test/' } })
  expect(mixed).toMatchObject({ field: 'url', severity: 'warning', wayOn: 'extension' })
  expect(problems({ request: { url: 'http://localhost:3000/' } })).toEqual([])
  expect(problems({ way: 'extension', request: { url: 'http://api.test/' } })).toEqual([])
})

test('methods: what is no token, what browsers never send, and what an EventSource cannot', () => {
  for (const method of ['', 'G T', 'TRACE', 'connect'])
    expect(places(errors({ request: { method } }))).toEqual(['method'])
  expect(errors({ request: { method: 'QUERY' } })).toEqual([])
  expect(places(errors({ as: 'eventsource', request: { method: 'POST' } }))).toEqual(['method'])
})

test('headers: errors at their places where no request can carry them', () => {
  const headers = [
    ['X-Fine', 'x'],
    ['', 'x'],
    ['X Bad', 'x'],
    ['X-Ünï', 'x'],
    ['X-Line', 'a\nb'],
    ['X-Snowman', '☃'],
    ['X-Nul', '\0'],
    ['X-Latin', 'é'],
  ] as const
  for (const way of ['page', 'extension'] as const)
    expect(places(errors({ way, request: { headers } }))).toEqual([1, 2, 3, 4, 5, 6].map((index) => `header ${index}`))
})

test('headers that a page may not set are said to be left out, with the extension as the way on', () => {
  const headers = ['Cookie', 'origin', 'REFERER', 'Sec-Fetch-Mode', 'Proxy-X', 'User-Agent', 'Host', 'Date'].map(
    (name) => [name, 'x'] as const,
  )
  const found = problems({ request: { headers } })
  expect(found.map(({ severity, wayOn }) => [severity, wayOn])).toEqual(headers.map(() => ['warning', 'extension']))
  expect(problems({ way: 'extension', request: { headers } })).toEqual([])
})

test('lengths are the browser’s own, whatever the way', () => {
  for (const way of ['page', 'extension'] as const) {
    const [found] = problems({ way, request: { headers: [['Content-Length', '3']] } })
    expect(found).toMatchObject({ field: 'header', index: 0, severity: 'warning' })
    expect(found).not.toHaveProperty('wayOn')
  }
})

test('a real EventSource of the page sends no headers; from the extension it does', () => {
  const request = {
    headers: [
      ['Authorization', 'x'],
      ['Last-Event-ID', '4'],
    ],
  } as const
  expect(places(problems({ as: 'eventsource', request }))).toEqual(['header 0', 'header 1'])
  expect(problems({ as: 'eventsource', way: 'extension', request })).toEqual([])
})

test('bodies: with GET, with an EventSource, not recorded, without their files, too large', () => {
  const text = { kind: 'text', text: 'x' } as const
  expect(places(errors({ request: { body: text } }))).toEqual(['body'])
  expect(places(errors({ request: { method: 'head', body: text } }))).toEqual(['body'])
  expect(places(errors({ as: 'eventsource', request: { body: text } }))).toEqual(['body'])
  const [missing] = errors({ request: { method: 'POST', body: { kind: 'missing', why: 'It was a stream.' } } })
  expect(missing && problemText(missing)).toBe('It was a stream.')
  const file = (base64: string | null) => ({ name: 'f', fileName: 'x', type: '', base64 })
  const entries = [{ name: 'a', value: 'b' }, file(null), file('AA=='), file(null)]
  const form = errors({ request: { method: 'POST', body: { kind: 'form', entries } } })
  expect(places(form)).toEqual(['body 1', 'body 3'])
  const large = 'A'.repeat(45_000_000)
  expect(places(errors({ request: { method: 'POST', body: { kind: 'bytes', base64: large, type: '' } } }))).toEqual([
    'body',
  ])
})

test('modes: same-origin elsewhere, no-cors with what it does not let through, only-if-cached', () => {
  expect(errors({ request: { mode: 'same-origin' } })).toMatchObject([{ field: 'mode', wayOn: 'extension' }])
  expect(errors({ request: { mode: 'same-origin', url: 'https://page.test/x' } })).toEqual([])
  expect(places(errors({ request: { mode: 'no-cors', method: 'PUT' } }))).toEqual(['mode'])
  const headers = [
    ['Authorization', 'x'],
    ['Accept', 'x'],
    ['Content-Type', 'application/json'],
    ['Content-Type', 'text/plain'],
  ] as const
  expect(places(problems({ request: { mode: 'no-cors', headers } }))).toEqual(['header 0', 'header 2', 'mode'])
  expect(places(errors({ request: { cache: 'only-if-cached' } }))).toEqual(['mode'])
  expect(problems({ way: 'extension', request: { mode: 'same-origin' } })).toEqual([])
})

test('limits and bounds have to be whole and above 0, and end somewhere', () => {
  for (const wrong of [0, -1, 1.5, NaN, 2 ** 31]) {
    expect(places(errors({ request: { timeoutMs: wrong } }))).toEqual(['timeout'])
    expect(places(errors({ stopAfter: { events: wrong, ms: null } }))).toEqual(['stopAfter'])
    expect(places(errors({ stopAfter: { events: null, ms: wrong } }))).toEqual(['stopAfter'])
  }
  expect(places(errors({ repeat: { times: 1001, atOnce: 1 } }))).toEqual(['repeat'])
  expect(places(errors({ repeat: { times: 10, atOnce: 21 } }))).toEqual(['repeat'])
  expect(errors({ repeat: { times: 1000, atOnce: 20 } })).toEqual([])
})

test('many requests that may change something are warned of; reading ones are not', () => {
  const repeat = { times: 11, atOnce: 1 }
  expect(problems({ repeat, request: { method: 'DELETE' } })).toMatchObject([{ field: 'repeat', severity: 'warning' }])
  expect(problems({ repeat: { times: 10, atOnce: 1 }, request: { method: 'POST' } })).toEqual([])
  expect(problems({ repeat, request: { method: 'HEAD' } })).toEqual([])
})

test('equal requests at once are said to wait for one another where they may be cached', () => {
  const repeat = { times: 3, atOnce: 2 }
  expect(problems({ repeat })).toMatchObject([{ field: 'repeat', severity: 'warning' }])
  expect(problems({ repeat, request: { cache: 'no-store' } })).toEqual([])
  expect(problems({ repeat, request: { method: 'POST' } })).toEqual([])
  expect(problems({ repeat, as: 'eventsource' })).toEqual([])
})

test('a page that cannot send is said, with the extension as the way on; rights are asked for', () => {
  for (const page of ['unreachable', 'not-capturing'] as const)
    expect(errors({}, { page })).toMatchObject([{ field: 'way', wayOn: 'extension' }])
  expect(errors({ way: 'extension' }, { page: 'unreachable' })).toEqual([])
  expect(problems({ way: 'extension' }, { isGranted: false })).toMatchObject([{ field: 'way', severity: 'warning' }])
})

test('a page that has moved to another site is said, as the request will come from there', () => {
  const moved = { originalPageUrl: 'https://before.test/' }
  const [problem] = problems({}, moved)
  expect(problem && problemText(problem)).toBe(
    'The page was at https://before.test then, and is at https://page.test now: the request comes from there.',
  )
  expect(problems({ way: 'extension' }, moved)).toEqual([])
})
