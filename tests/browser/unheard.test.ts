/** No page hears of the extension: nothing is posted to any window. */
import { expect, test } from 'vitest'
import type { Answer } from '../helpers/stream-server.ts'
import { until } from '../helpers/until.ts'
import { useBench } from './setup.ts'

const html =
  (text: string): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end(`<!doctype html>${text}`)
  }
const LISTEN = "addEventListener('message', ({ data }) => { (top.heard ??= []).push(data) }, true)"

const bench = useBench({
  '/listening': html(`<script>${LISTEN}</script><iframe src="/frame"></iframe><iframe srcdoc="<p>frame</p>"></iframe>
    <script>for (const frame of document.querySelectorAll('iframe')) frame.contentWindow.${LISTEN}</script>`),
  '/frame': html(`<script>${LISTEN}</script>`),
})

test('a page and its frames get no message but their own', async () => {
  const page = await bench().chromium.newPage(`${bench().server.url}listening`)
  // Messages of one window come in order: what was posted before this is there when this is.
  await page.evaluate(() => {
    for (const view of [window, ...Array.from(document.querySelectorAll('iframe'), (frame) => frame.contentWindow)])
      view?.postMessage('ours', '*')
  })
  const heard = () => page.evaluate('window.heard ?? []') as Promise<unknown[]>
  await until('the messages of the test', async () => (await heard()).filter((data) => data === 'ours').length >= 3)
  expect((await heard()).filter((data) => data !== 'ours')).toEqual([])
  await page.close()
})
