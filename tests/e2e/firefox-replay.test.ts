/** Requests sent again from the panel in Firefox. */
import type { IncomingHttpHeaders } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtExtension } from '../helpers/extension.ts'
import { launchFirefox, type Firefox } from '../helpers/firefox.ts'
import { startStreamServer, type Answer, type StreamServer } from '../helpers/stream-server.ts'
import { until, untilFits } from '../helpers/until.ts'

interface Arrived {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
}
const arrived: Arrived[] = []
/** Lets other sites read nothing. */
const answer: Answer = (response, request) => {
  arrived.push({ path: request.url ?? '', headers: request.headers, text: request.text })
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end('data: a\n\ndata: b\n\n')
}
const at = (path: string) => arrived.find((one) => one.path === path)

let server: StreamServer
let firefox: Firefox

beforeAll(async () => {
  server = await startStreamServer({
    '/chat': answer,
    '/away': (response) => {
      response.writeHead(307, { location: `${server.otherUrl}chat?redirected` })
      response.end()
    },
  })
  firefox = await launchFirefox({ extension: builtExtension('firefox') })
  await firefox.goto(server.url)
  await firefox.openPanel()
  await firefox.inPage(async () => {
    document.cookie = 'who=page'
    const headers = { Authorization: 'Bearer of-the-page', 'Content-Type': 'application/json' }
    await (await fetch('/chat?original', { method: 'POST', headers, body: '{"stream":true}' })).text()
  })
  await untilFits('the original', states, (seen) => seen.length === 1)
  await firefox.inPanel(() => document.querySelector<HTMLElement>('[data-connection]')?.click())
  await until('its editor', () =>
    firefox.inPanel(() => {
      const tabs = Array.from(document.querySelectorAll<HTMLElement>('[role=tab]'))
      tabs.find(({ textContent }) => textContent.startsWith('Replay'))?.click()
      return document.querySelector('.send-button') !== null
    }),
  )
})
afterAll(async () => {
  await firefox?.close()
  await server?.close()
})

/** Path, mark and state of each row. */
const states = () =>
  firefox.inPanel(() =>
    Array.from(document.querySelectorAll('[data-connection]'), (row) =>
      ['url', 'events', 'state']
        .map((name) => row.querySelector(`[data-column=${name}]`)?.textContent?.trim())
        .join(' '),
    ),
  )

/** Fills the form, sends it and waits for the end of the run: gives its row. */
async function send(url: string, way: 'page' | 'extension', headers: readonly string[]): Promise<string> {
  const before = (await states()).length
  await firefox.inPanel(
    async (given) => {
      const one = <Of extends HTMLElement>(selector: string) => document.querySelector<Of>(selector) as Of
      const put = (field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement, value: string, event: string) => {
        field.value = value
        field.dispatchEvent(new Event(event, { bubbles: true }))
      }
      put(one('.replay-bar select'), given.way, 'change')
      put(one('.url-field'), given.url, 'input')
      const asText = Array.from(document.querySelectorAll<HTMLElement>('.replay-view button')).find(
        ({ textContent }) => textContent === 'As text',
      )
      asText?.click()
      await new Promise((resolve) => setTimeout(resolve))
      put(one('.replay-view textarea[aria-label^="Headers as text"]'), given.headers.join('\n'), 'input')
      asText?.click()
      await new Promise((resolve) => setTimeout(resolve))
      one('.send-button').click()
    },
    { url, way, headers },
  )
  return until(`the run to ${url}`, async () => {
    const row = (await states())[before]
    if (row !== undefined && / (?:connecting|waiting|open)$/.test(row)) throw new Error(`so far: ${row}`)
    return row
  })
}

test('as the page: with its cookies and another token', async () => {
  const row = await send(`${server.url}chat?page`, 'page', [
    'Authorization: Bearer other',
    'Content-Type: application/json',
  ])
  expect(row).toBe('#1/chat?page 2 completed')
  const { 'content-length': _, ...first } = at('/chat?original')?.headers ?? {}
  const { 'content-length': __, ...again } = at('/chat?page')?.headers ?? {}
  expect(again).toEqual({ ...first, authorization: 'Bearer other' })
  expect(at('/chat?page')?.text).toBe('{"stream":true}')
})

test('as the extension: headers that no script may set, at a server that lets the page read nothing', async () => {
  expect(await send(`${server.otherUrl}chat?cors`, 'page', [])).toMatch(/chat\?cors 0 (?:unreachable|refused)$/)
  const lines = [
    'Cookie: who=other',
    'Origin: https://o.example',
    'Referer: https://r.example/',
    'User-Agent: Agent/1',
    'DNT: 1',
  ]
  expect(await send(`${server.otherUrl}chat?forbidden`, 'extension', lines)).toBe('#1/chat?forbidden 2 completed')
  expect(at('/chat?forbidden')?.headers).toMatchObject({
    cookie: 'who=other',
    origin: 'https://o.example',
    referer: 'https://r.example/',
    'user-agent': 'Agent/1',
    dnt: '1',
  })
  await firefox.inPage(() => fetch('/chat?later').then((response) => response.text()))
  expect(at('/chat?later')?.headers).toMatchObject({ cookie: 'who=page' })
  expect(at('/chat?later')?.headers['user-agent']).toContain('Firefox')
  // The next run is known by its place in the list.
  await untilFits('the row of the page’s own request', states, (seen) =>
    seen.some((row) => row.startsWith('/chat?later')),
  )
})

test('a redirect to another server takes none of the set headers along, and no server hears of the extension', async () => {
  const row = await send(`${server.url}away`, 'extension', ['Cookie: secret=1', 'Referer: https://secret.example/'])
  expect(row).toBe('#1/away 2 completed')
  expect(at('/chat?redirected')).toBeDefined()
  expect(JSON.stringify(at('/chat?redirected'))).not.toContain('secret')
  expect(JSON.stringify(arrived)).not.toMatch(/moz-extension|streamscope/)
  expect(await firefox.extensionErrors()).toEqual([])
})
