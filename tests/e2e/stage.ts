/** One real Chromium for a test file, with pages whose streams go on when the test says so. */

import { afterAll, beforeAll } from 'vitest'
import type { Frame, Page } from 'playwright-core'
import { launchChromium, type Chromium } from '../helpers/chromium.ts'
import { startDemo, type Demo } from '../helpers/demo.ts'
import { builtExtension } from '../helpers/extension.ts'
import { createHeldStreams } from '../helpers/held-streams.ts'
import { connectionOf, eventsOf } from '../helpers/panel-view.ts'
import { startStreamServer, type Answer, type StreamServer } from '../helpers/stream-server.ts'
import { until } from '../helpers/until.ts'

export const held = createHeldStreams()
/** Pages that the back/forward cache may keep. */
const plainPage: Answer = (response, request) => {
  response.writeHead(200, { 'content-type': 'text/html', 'cache-control': 'max-age=60' })
  response.end(`<!doctype html><title>${request.url ?? ''}</title>`)
}
/** Frames that start a stream by themselves. */
const framePage: Answer = (response, request) => {
  response.writeHead(200, { 'content-type': 'text/html' })
  const query = new URL(request.url ?? '', 'http://x').search
  response.end(`<!doctype html><script>fetch('/held${query}').then((response) => response.text())</script>`)
}

interface Stage {
  readonly server: StreamServer
  readonly demo: Demo
  readonly chromium: Chromium
}

/** Starts all of it before the tests of a file and ends it after. The function it gives is for use inside tests. */
export function useStage(): () => Stage {
  let stage: Partial<Stage> = {}
  beforeAll(async () => {
    const demo = await startDemo()
    stage = { demo }
    const server = await startStreamServer({
      '/held': held.answer,
      '/page': plainPage,
      '/other': plainPage,
      '/frame': framePage,
    })
    stage = { demo, server }
    stage = { demo, server, chromium: await launchChromium({ extension: builtExtension('chrome') }) }
  })
  afterAll(async () => {
    await stage.chromium?.close()
    await stage.server?.close()
    await stage.demo?.close()
  })
  return () => {
    const { server, demo, chromium } = stage
    if (!server || !demo || !chromium) throw new Error('used before the tests started')
    return { server, demo, chromium }
  }
}

/** A tab of its own for one test, closed at its end whatever happens. */
export async function withPage(
  { chromium }: Stage,
  url: string | undefined,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const page = await chromium.newPage(url)
  try {
    await use(page)
  } finally {
    await page.close()
  }
}

/** Starts a stream in the page that reads to its end; the page keeps its text as `window[tag]`. */
export async function start(page: Page | Frame, tag: string, how: 'fetch' | 'EventSource' = 'fetch'): Promise<void> {
  await page.evaluate(
    ([name, kind]) => {
      const got: Record<string, string> = ((globalThis as { got?: Record<string, string> }).got ??= {})
      got[name] = ''
      if (kind === 'EventSource') {
        new EventSource(`/held?${name}`).addEventListener('message', ({ data }) => (got[name] += `data: ${data}\n\n`))
        return
      }
      void (async () => {
        const response = await fetch(`/held?${name}`)
        const decoder = new TextDecoder()
        for await (const chunk of response.body ?? []) got[name] += decoder.decode(chunk, { stream: true })
      })().catch(() => {})
    },
    [tag, how] as const,
  )
}

/** Sends events and waits until the page has the last of them. */
export async function deliver(page: Page | Frame, tag: string, ...data: readonly number[]): Promise<void> {
  await held.send(`?${tag}`, ...data)
  const last = `data: ${data.at(-1)}\n\n`
  await until(`event ${data.at(-1)} of ${tag} in the page`, () =>
    page.evaluate(
      ([name, text]) => ((globalThis as { got?: Record<string, string> }).got?.[name] ?? '').endsWith(text),
      [tag, last] as const,
    ),
  )
}

/** 1, 2 … `count`. */
export const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

/** The data of all events of the connection, once there are at least `count`. */
export async function dataOf(panel: Frame, tag: string, count: number, state?: string): Promise<number[]> {
  const row = await connectionOf(
    panel,
    `/held?${tag}`,
    (seen) => Number(seen.events) >= count && (state === undefined || seen.state === state),
  )
  return (await eventsOf(panel, row)).map(({ data }) => Number(data))
}
