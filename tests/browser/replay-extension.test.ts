/** What the panel sends as the extension: the headers on the wire, and nobody else's touched. */
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import type { ReplayPlan } from '../../lib/replay/replay.ts'
import { launchChromium, type Chromium } from '../helpers/chromium.ts'
import { builtExtension } from '../helpers/extension.ts'
import { plan, type GivenPlan } from '../helpers/replay-plans.ts'
import { startStreamServer, type Answer, type StreamServer } from '../helpers/stream-server.ts'
import { until } from '../helpers/until.ts'

interface Arrived {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
}
let arrived: Arrived[] = []
let held: ServerResponse[] = []

const echo: Answer = (response, request) => {
  const { method = '', url: path = '', headers, text } = request
  arrived.push({ method, path, headers, text })
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  if (path.startsWith('/held')) held.push(response.on('close', () => (held = held.filter((one) => one !== response))))
  else response.end('data: a\n\ndata: b\n\n')
}

let server: StreamServer
let chromium: Chromium
let panel: Page

beforeAll(async () => {
  server = await startStreamServer({
    '/echo': echo,
    '/held': echo,
    '/away': (response) => {
      response.writeHead(307, { location: `${server.otherUrl}echo?redirected` })
      response.end()
    },
    '/events': (response, request) => {
      const { method = '', url: path = '', headers } = request
      arrived.push({ method, path, headers, text: '' })
      const after = Number(headers['last-event-id'] ?? 0)
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end(`retry: 20\nid: ${after + 1}\nevent: tick\ndata: ${after + 1}\n\n`)
    },
  })
  chromium = await launchChromium({ extension: builtExtension('chrome') })
  panel = await openPanelPage()
})
afterAll(async () => {
  await chromium?.close()
  await server?.close()
})
beforeEach(() => {
  arrived = []
})

/** The panel as a page of its own: there is no page to inspect, but all that the extension itself can do. */
async function openPanelPage(): Promise<Page> {
  const page = await chromium.newPage(`chrome-extension://${chromium.extensionId}/panel.html#plain`)
  await page.waitForFunction(() => window.streamscopePlain !== undefined)
  return page
}

const asExtension = (path: string, { request, ...given }: GivenPlan = {}): ReplayPlan =>
  plan({ way: 'extension', ...given, request: { url: new URL(path, server.url).href, ...request } })

interface Outcome {
  readonly state: string
  readonly error: string
  readonly sentence: string
  readonly verdict: string
  readonly events: number
  readonly status: number
  readonly url: string
  readonly text: string
}

/** Sends plans in one go, and gives what became of their runs. */
async function run(...plans: readonly ReplayPlan[]): Promise<Outcome[]> {
  await panel.evaluate((given) => {
    const { replayer } = window.streamscopePlain ?? {}
    Object.assign(window, { runs: given.flatMap((one) => replayer?.send(one) ?? []) })
  }, plans)
  await until('the runs to be over', () =>
    panel.evaluate(() => {
      const { runs } = window as unknown as { runs: { state: { peek(): string } }[] }
      return runs.length > 0 && runs.every(({ state }) => ['ended', 'failed', 'stopped'].includes(state.peek()))
    }),
  )
  return panel.evaluate(() => {
    type Run = ReturnType<NonNullable<typeof window.streamscopePlain>['replayer']['send']>[number]
    return (window as unknown as { runs: Run[] }).runs.map((one) => {
      const connection = one.connection.peek()
      return {
        state: one.state.peek(),
        error: one.error.peek()?.message ?? '',
        sentence: connection?.ending?.sentence ?? '',
        verdict: connection?.ending?.verdict ?? '',
        events: connection?.eventCount ?? 0,
        status: connection?.head?.status ?? 0,
        url: connection?.head?.url ?? '',
        text: connection?.chunks.text() ?? '',
      }
    })
  })
}
const endHeld = () => held.splice(0).forEach((response) => response.end('data: a\n\n'))
const rules = (page = panel) => page.evaluate(() => chrome.declarativeNetRequest.getSessionRules())

test('headers that no script may set arrive as they were set, and the answer streams into the session', async () => {
  const headers = [
    ['Cookie', 'sid=other; b=2'],
    ['Origin', 'https://origin.example'],
    ['Referer', 'https://referrer.example/path'],
    ['User-Agent', 'Agent/1'],
    ['Sec-Fetch-Site', 'same-site'],
    ['Host', 'host.example'],
    ['DNT', '1'],
    ['Accept-Encoding', 'identity'],
    ['Authorization', 'Bearer x'],
    ['X-Own', '1'],
    ['x-own', '2'],
  ] as const
  const body = { kind: 'text', text: '{"é":1}' } as const
  const [outcome] = await run(asExtension('/echo?all', { request: { method: 'POST', headers, body } }))
  expect(outcome).toMatchObject({ state: 'ended', verdict: 'completed', events: 2, status: 200 })
  expect(outcome).toMatchObject({ url: `${server.url}echo?all`, text: 'data: a\n\ndata: b\n\n' })
  expect(arrived).toHaveLength(1)
  expect(arrived[0]).toMatchObject({
    method: 'POST',
    path: '/echo?all',
    text: '{"é":1}',
    headers: {
      cookie: 'sid=other; b=2',
      origin: 'https://origin.example',
      referer: 'https://referrer.example/path',
      'user-agent': 'Agent/1',
      'sec-fetch-site': 'same-site',
      host: 'host.example',
      dnt: '1',
      'accept-encoding': 'identity',
      authorization: 'Bearer x',
      'x-own': '1, 2',
    },
  })
  expect(await rules()).toEqual([])
})

test('no server hears of the extension when no origin was set', async () => {
  await run(asExtension('/echo', { request: { method: 'POST', body: { kind: 'text', text: '' } } }))
  expect(JSON.stringify(arrived[0])).not.toMatch(/chrome-extension|streamscope|"origin"|"referer"/)
})

test('twenty at once to one URL have each their own headers, and a page’s request to it meanwhile has none of them', async () => {
  const page = await chromium.newPage(server.url)
  const ids = Array.from({ length: 20 }, (_, index) => `run-${index}`)
  // Equal requests that may be cached would wait for one another.
  const cache = 'no-store'
  const sending = run(
    ...ids.map((id) =>
      asExtension(`/held`, {
        request: {
          cache,
          headers: [
            ['Cookie', `id=${id}`],
            ['X-Run', id],
          ],
        },
      }),
    ),
  )
  // Browsers open six connections to a server at once: the others wait until these are answered.
  await until('the first of them to arrive', () => held.length >= 6)
  expect((await rules()).length).toBeGreaterThan(6)
  const others = page.evaluate(async () => {
    await Promise.all([1, 2, 3].map((n) => fetch(`/echo?page=${n}#streamscope-x`, { headers: { 'X-Run': 'page' } })))
  })
  const fromPanel = panel.evaluate((url) => fetch(url).then(({ status }) => status), `${server.url}echo?panel`)
  await until('all of them', () => {
    endHeld()
    return arrived.filter(({ path }) => path === '/held').length === 20
  })
  endHeld()
  await Promise.all([others, fromPanel])
  expect((await sending).map(({ events }) => events)).toEqual(ids.map(() => 1))
  const pairs = arrived
    .filter(({ path }) => path === '/held')
    .map(({ headers }) => `${headers.cookie} ${String(headers['x-run'])}`)
  expect(pairs.toSorted()).toEqual(ids.map((id) => `id=${id} ${id}`).toSorted())
  const untouched = arrived.filter(({ path }) => path.startsWith('/echo'))
  expect(untouched).toHaveLength(4)
  for (const { headers } of untouched) expect(headers.cookie).toBeUndefined()
  expect(await rules()).toEqual([])
  await page.close()
})

test('a redirect to another server takes none of the set headers along', async () => {
  const headers = [
    ['Cookie', 'secret=1'],
    ['Referer', 'https://secret.example/'],
    ['Authorization', 'Bearer secret'],
  ] as const
  const [outcome] = await run(asExtension('/away', { request: { headers } }))
  expect(outcome).toMatchObject({ verdict: 'completed', url: `${server.otherUrl}echo?redirected` })
  expect(JSON.stringify(arrived)).toContain('/echo?redirected')
  expect(JSON.stringify(arrived)).not.toContain('secret')
})

test('bodies of all kinds arrive as they are', async () => {
  const bytes = Buffer.from([0, 1, 2, 97]).toString('base64')
  const entries = [
    { name: 'field', value: 'ü\n' },
    {
      name: 'file',
      fileName: 'a "b".bin',
      type: 'application/x-odd',
      base64: Buffer.from('content').toString('base64'),
    },
  ]
  const post = (body: ReplayPlan['request']['body'], headers: ReplayPlan['request']['headers'] = []) =>
    asExtension('/echo', { request: { method: 'POST', headers, body } })
  await run(
    post({ kind: 'bytes', base64: bytes, type: 'application/x-bytes' }),
    post({ kind: 'text', text: 'a=b' }, [['Content-Type', 'application/x-www-form-urlencoded']]),
    post({ kind: 'form', entries }),
    post({ kind: 'none' }),
  )
  const ofType = (type: string) => arrived.find(({ headers }) => (headers['content-type'] ?? '').startsWith(type))
  expect(ofType('application/x-bytes')?.text).toBe('\0\u0001\u0002a')
  expect(ofType('application/x-www-form-urlencoded')?.text).toBe('a=b')
  const form = ofType('multipart/form-data')?.text ?? ''
  expect(form).toContain('name="field"\r\n\r\nü\r\n\r\n')
  expect(form).toContain('filename="a %22b%22.bin"\r\nContent-Type: application/x-odd\r\n\r\ncontent\r\n')
  expect(arrived.find(({ headers }) => headers['content-length'] === '0')?.text).toBe('')
})

test('cookies of the browser go along as the credentials say', async () => {
  const page = await chromium.newPage(server.url)
  await page.evaluate(() => (document.cookie = 'jar=yes'))
  await run(asExtension('/echo', { request: { credentials: 'include' } }))
  await run(asExtension('/echo', { request: { credentials: 'omit' } }))
  // There is no page that it could be the own site of.
  await run(asExtension('/echo', { request: { credentials: 'same-origin' } }))
  expect(arrived.map(({ headers }) => headers.cookie)).toEqual(['jar=yes', undefined, undefined])
  await page.close()
})

test('a real EventSource gets headers that it could never set, at each reconnect too, and goes on from a chosen id', async () => {
  const [outcome] = await run(
    asExtension('/events', {
      as: 'eventsource',
      stopAfter: { events: null, ms: 1_500 },
      request: {
        headers: [
          ['Authorization', 'Bearer es'],
          ['Cookie', 'c=1'],
        ],
      },
    }),
  )
  expect(outcome).toMatchObject({ state: 'ended', verdict: 'cancelled' })
  expect(outcome?.sentence).toMatch(/^The replay was stopped .*, as was set for its time/)
  expect(arrived.length).toBeGreaterThan(1)
  for (const { headers } of arrived) expect(headers).toMatchObject({ authorization: 'Bearer es', cookie: 'c=1' })
  expect(arrived[0]?.headers['last-event-id']).toBeUndefined()
  expect(arrived[1]?.headers['last-event-id']).toBe('1')
  arrived = []
  await run(
    asExtension('/events', {
      as: 'eventsource',
      stopAfter: { events: null, ms: 300 },
      request: { headers: [['Last-Event-ID', '41']] },
    }),
  )
  expect(arrived[0]?.headers['last-event-id']).toBe('41')
  expect(await rules()).toEqual([])
})

test('so many events end it, and the server hears of it', async () => {
  const sending = run(asExtension('/held', { stopAfter: { events: 2, ms: null } }))
  await until('it to arrive', () => held.length === 1)
  held[0]?.write('data: 1\n\ndata: 2\n\ndata: 3\n\n')
  const [outcome] = await sending
  expect(outcome?.sentence).toMatch(/^The replay was stopped .* after 3 events, as was set for its number of events/)
  await until('the server to see it closed', () => held.length === 0)
})

test('a limit ends it as timed out; a server that is not there is said', async () => {
  const [late, none] = await run(
    asExtension('/held', { request: { timeoutMs: 200 } }),
    plan({ way: 'extension', request: { url: 'http://127.0.0.1:9/' } }),
  )
  expect(late).toMatchObject({
    verdict: 'timed out',
    sentence: expect.stringContaining('set for the replay (200 ms)') as unknown,
  })
  expect(none).toMatchObject({ state: 'failed', error: 'Browsers refuse to connect to port {port}.' })
  const [unreachable] = await run(plan({ way: 'extension', request: { url: 'http://127.0.0.1:2/' } }))
  expect(unreachable).toMatchObject({ state: 'ended', verdict: 'unreachable' })
})

test('where the user keeps its rights back, it is said before, and nothing is sent until they are given', async () => {
  const settings = await chromium.newPage('chrome://extensions')
  const setAccess = (hostAccess: 'ON_CLICK' | 'ON_ALL_SITES') =>
    settings.evaluate(
      ([extensionId, access]) => {
        const { developerPrivate } = chrome as unknown as {
          developerPrivate: { updateExtensionConfiguration(change: object): Promise<void> }
        }
        return developerPrivate.updateExtensionConfiguration({ extensionId, hostAccess: access })
      },
      [chromium.extensionId, hostAccess] as const,
    )
  const problems = () =>
    panel.evaluate(
      (one) => window.streamscopePlain?.replayer.check(one).map(({ message }) => message),
      asExtension('/echo'),
    )
  await setAccess('ON_CLICK')
  await until('it to be said', async () => (await problems())?.[0]?.startsWith('The browser will ask'))
  const sending = run(asExtension('/echo'))
  // The browser's question stands; what is answered there or in its settings comes to the same.
  await until('it to wait', () =>
    panel.evaluate(() => window.streamscopePlain?.replayer.runs.peek().at(-1)?.state.peek() === 'queued'),
  )
  expect(arrived).toEqual([])
  await setAccess('ON_ALL_SITES')
  expect((await sending)[0]).toMatchObject({ verdict: 'completed' })
  expect(await problems()).toEqual([])
  await settings.close()
})

test('a panel that opens leaves the rules of others that live, and takes away those of one that crashed', async () => {
  const other = await openPanelPage()
  const sending = asExtension('/held', { request: { headers: [['Cookie', 'left=behind']] } })
  await other.evaluate((one) => void window.streamscopePlain?.replayer.send(one), sending)
  await until('it to arrive', () => held.length === 1)
  const third = await openPanelPage()
  expect(await rules(third)).toHaveLength(1)
  // All pages of the extension share one process, which has no time to take anything back.
  const session = await chromium.context.newCDPSession(other)
  // It never answers.
  session.send('Page.crash').catch(() => {})
  await until('the crash to reach the server', () => held.length === 0)
  const next = await until('a panel to open again', () => openPanelPage().catch(() => null))
  await until('the rule of the dead panel to be gone', async () => (await rules(next)).length === 0)
})
