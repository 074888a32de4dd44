/** The request editor in Firefox' real toolbox, worked by real keys and clicks: what is typed is what a server gets. */
import type { IncomingHttpHeaders } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtExtension } from '../helpers/extension.ts'
import { press, type } from '../helpers/firefox-input.ts'
import { launchFirefox, type Firefox } from '../helpers/firefox.ts'
import { SSE_HEAD, startStreamServer, type StreamServer } from '../helpers/stream-server.ts'
import { until } from '../helpers/until.ts'

const BODY = '{"model":"m"}'
const HEADER = 'table[aria-label="Headers"] [aria-label="Row 1: value"]'
const QUERY = 'table[aria-label="Query"] [aria-label="Row 2: value"]'
const URL_FIELD = '.replay-view .url-field'

interface Arrived {
  readonly url: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly text: string
}
const arrived: Arrived[] = []

let server: StreamServer
let firefox: Firefox

beforeAll(async () => {
  server = await startStreamServer({
    '/chat': (response, { url, headers, text }) => {
      arrived.push({ url, headers, text })
      response.writeHead(200, SSE_HEAD)
      response.end('data: a\n\n')
    },
  })
  firefox = await launchFirefox({ extension: builtExtension('firefox') })
  await firefox.goto(server.url)
  await firefox.openPanel()
  await firefox.inPage(async (body) => {
    const headers = { Authorization: 'Bearer one', 'Content-Type': 'application/json' }
    await (await fetch('/chat?q=1', { method: 'POST', headers, body })).text()
  }, BODY)
  await rowsAre('/chat?q=1 completed')
  await firefox.clickInPanel('[data-connection] [data-column=number]')
  await press(firefox, 'r')
  await until('the URL to have the focus', () => hasFocus(URL_FIELD))
})
afterAll(async () => {
  await firefox?.close()
  await server?.close()
})

const hasFocus = (selector: string) =>
  firefox.inPanel((wanted) => document.activeElement?.matches(wanted) ?? false, selector)

/** The list's rows: path, with the mark of a replay before it, and state. */
const rowsAre = (...rows: readonly string[]) =>
  until(`the rows ${rows.join(', ')}`, async () => {
    const seen = await firefox.inPanel(() =>
      Array.from(document.querySelectorAll('[data-connection]'), (row) =>
        ['url', 'state'].map((name) => row.querySelector(`[data-column=${name}]`)?.textContent?.trim()).join(' '),
      ),
    )
    if (seen.join('\n') !== rows.join('\n')) throw new Error(`so far: ${seen.join(', ')}`)
    return true
  })

/** Keys come to the panel a little later than they are pressed. */
const valueIs = (selector: string, value: string) =>
  until(`${selector} to be ${value}`, async () => {
    const seen = await firefox.inPanel((wanted) => {
      const element = document.querySelector(wanted)
      return element instanceof HTMLInputElement ? element.value : element?.textContent
    }, selector)
    if (seen !== value) throw new Error(`so far: ${seen}`)
    return true
  })

async function fill(selector: string, text: string): Promise<void> {
  await firefox.clickInPanel(selector)
  await press(firefox, 'Control', 'a')
  await type(firefox, text)
  await valueIs(selector, text)
}

const problem = (text: string) =>
  until(`the problem: ${text}`, () =>
    firefox.inPanel(
      (wanted) =>
        Array.from(document.querySelectorAll('.problems'), ({ textContent }) => textContent).some((said) =>
          said.includes(wanted),
        ),
      text,
    ),
  )

test('URL, query, header and body go out as they were typed, and the run’s row is marked', async () => {
  await press(firefox, 'End')
  await type(firefox, '&last=2')
  await valueIs(QUERY, '2')
  await fill(QUERY, '3')
  await valueIs(URL_FIELD, `${server.url}chat?q=1&last=3`)
  await fill(HEADER, 'Bearer two')
  await firefox.clickInPanel('.cm-content')
  await press(firefox, 'Control', 'End')
  await press(firefox, 'Backspace')
  await problem('It is sent as it is.')
  await until('the mark at the line', () =>
    firefox.inPanel(() => document.querySelector('.cm-lint-marker-error') !== null),
  )
  await type(firefox, ',"n":1}')
  await valueIs('.cm-content', '{"model":"m","n":1}')
  await press(firefox, 'Control', 'Enter')
  await rowsAre('/chat?q=1 completed', '#1/chat?q=1&last=3 completed')
  const [original, again] = arrived
  const { 'content-length': _, ...headers } = original?.headers ?? {}
  expect(again?.headers).toMatchObject({ ...headers, authorization: 'Bearer two' })
  expect(again).toMatchObject({ url: '/chat?q=1&last=3', text: '{"model":"m","n":1}' })
})

test('undo goes over text and fields; mistakes are said at their fields, and nothing is sent', async () => {
  await press(firefox, 'Control', 'z')
  await valueIs('.cm-content', BODY)
  await press(firefox, 'Control', 'z')
  await valueIs(HEADER, 'Bearer one')
  await press(firefox, 'Control', 'Shift', 'z')
  await valueIs(HEADER, 'Bearer two')
  await fill(URL_FIELD, 'http://127.0.0.1:6000/')
  await problem('port 6000')
  await fill('table[aria-label="Headers"] [aria-label="Row 1: name"]', 'Not a name')
  await problem('no name of a header')
  await press(firefox, 'Control', 'Enter')
  await until('the first mistake to have the focus', () => hasFocus(URL_FIELD))
  await press(firefox, 'Control', 'z')
  await press(firefox, 'Control', 'z')
  await valueIs(URL_FIELD, `${server.url}chat?q=1&last=3`)
  await until('no mistakes', () => firefox.inPanel(() => document.querySelector('.problems') === null))
  expect(arrived).toHaveLength(2)
})

test('repeated as often as is asked, each run is a row of its own', async () => {
  await firefox.inPanel(() => {
    const label = Array.from(document.querySelectorAll('label')).find(({ textContent }) => textContent === 'How often')
    label?.control?.setAttribute('data-test', 'times')
  })
  await fill('[data-test=times]', '3')
  await press(firefox, 'Control', 'Enter')
  const run = '#1/chat?q=1&last=3 completed'
  await rowsAre('/chat?q=1 completed', run, run, run, run)
  expect(arrived.slice(2).map(({ headers, text }) => [headers.authorization, text])).toEqual(
    Array.from({ length: 3 }, () => ['Bearer two', BODY]),
  )
  expect(await firefox.extensionErrors()).toEqual([])
})
