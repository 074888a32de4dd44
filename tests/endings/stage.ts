/** A tab with real DevTools, a fault server, and two sessions that hear what our panel hears: one of them nothing of DevTools' own facts. */
import type { Frame, Page } from 'playwright-core'
import { startFaultServer, type FaultServer } from '../../demo/faults/server.ts'
import { HUB_FOR_PANEL } from '../../lib/channel-ports.ts'
import type { HubToPanel } from '../../lib/protocol.ts'
import { createSession } from '../../lib/session/session.ts'
import type { Connection, Session } from '../../lib/session/types.ts'
import { launchChromium, type Chromium } from '../helpers/chromium.ts'
import { builtExtension } from '../helpers/extension.ts'
import { startStreamServer, type StreamServer } from '../helpers/stream-server.ts'
import { until } from '../helpers/until.ts'
import type { EndingCase, PageAct } from './ending-case.ts'
import { PAGE_WORDS } from './page-words.ts'

export interface Stage {
  /** Starts the case in the page. */
  play(given: EndingCase, tag: string): Promise<void>
  /** The connection of the case, once `enough` says so; `told` with what DevTools knows. */
  connectionOf(tag: string, which: 'told' | 'untold', enough: (connection: Connection) => boolean): Promise<Connection>
  /** Ends what the case left going on. */
  forget(tag: string): Promise<void>
  close(): Promise<void>
}

const WAIT_MS = 20_000
const atOnce = (flush: () => void) => flush()

export async function openStage(): Promise<Stage> {
  const faults = await startFaultServer()
  const pages = await startStreamServer({})
  const chromium = await launchChromium({ extension: builtExtension('chrome'), trustedKeyHash: faults.publicKeyHash })
  const close = async () => {
    await chromium.close()
    await pages.close()
    await faults.close()
  }
  try {
    return { ...(await openTab(chromium, faults, pages)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function openTab(chromium: Chromium, faults: FaultServer, pages: StreamServer): Promise<Omit<Stage, 'close'>> {
  const page = await chromium.newPage(pages.url)
  await page.exposeFunction('serverWasAsked', (url: string) =>
    until(`a request of ${url}`, () => faults.log().some((entry) => url.endsWith(entry.url))),
  )
  await page.exposeFunction('serverIsDone', (url: string) =>
    until(`the end of ${url}`, () => faults.log().some((entry) => url.endsWith(entry.url) && entry.state === 'done')),
  )
  await page.exposeFunction('letServerGoOn', (url: string) => faults.open(new URL(url).searchParams.get('tag') ?? ''))
  const { panel } = await chromium.openPanel(page)
  const hear = await overhear(panel)
  // What was told before the ear was there is told again of a new document.
  await page.reload()
  const sessions = {
    told: createSession({ schedule: atOnce }),
    untold: createSession({ schedule: atOnce }),
  }
  const frames = new Set<string>()
  const listen = async () => {
    for (const message of await hear()) {
      if (message.k === 'reached') frames.add(message.url)
      sessions.told.apply(message)
      if (message.k !== 'network') sessions.untold.apply(message)
    }
  }
  const reached = (url: string) =>
    until(`DevTools to reach ${url}`, async () => {
      await listen()
      return frames.has(url)
    })
  const connectionOf: Stage['connectionOf'] = (tag, which, enough) =>
    until(
      `the connection ${tag} ${which}`,
      async () => {
        await listen()
        const found = findConnection(sessions[which], tag)
        if (found === null) return null
        if (!enough(found)) throw new Error(`so far ${found.state}: ${found.ending?.sentence ?? 'no ending'}`)
        return found
      },
      WAIT_MS,
    )
  return {
    connectionOf,
    forget: (tag) => page.evaluate((end) => document.querySelector(`iframe[src$="${end}"]`)?.remove(), `?${tag}`),
    async play(given, tag) {
      const frameUrl = `${pages.url}?${tag}`
      const frame = await addFrame(page, frameUrl)
      await reached(frameUrl)
      await run(frame, toUrl(faults, given, tag), given.page.code)
      if (given.page.leaves === undefined) return
      await connectionOf(tag, 'untold', ({ eventCount }) => eventCount === 3)
      await leave(frame, given.page.leaves)
    },
  }
}

/** Listens to what the hub tells the panel, in the panel's own page. Gives what came since it was asked last. */
async function overhear(panel: Frame): Promise<() => Promise<HubToPanel[]>> {
  await panel.evaluate((name) => {
    const heard: unknown[] = []
    Object.assign(globalThis, { heard })
    const channel = new BroadcastChannel(`${name}:${chrome.devtools.inspectedWindow.tabId}`)
    channel.addEventListener('message', ({ data }) => heard.push(data))
  }, HUB_FOR_PANEL)
  return () => panel.evaluate(() => (globalThis as unknown as { heard: HubToPanel[] }).heard.splice(0))
}

function findConnection(session: Session, tag: string): Connection | null {
  const rows = session.rows.flatMap((row) => (row.kind === 'connection' ? [row.connection] : []))
  return rows.find(({ open }) => new URL(open.url).searchParams.get('tag') === tag) ?? null
}

/** Each case has a host of its own: browsers open few connections to one. */
function toUrl(faults: FaultServer, { server }: EndingCase, tag: string): string {
  const query = `/fault?${server.query === '' ? '' : `${server.query.replace('GATE', tag)}&`}tag=${tag}`
  switch (server.host) {
    case 'refused':
      return faults.refusedOrigin + query
    case 'unknown':
      return faults.unknownHost + query
    case 'http2':
      return faults.tlsOrigin.replace('127.0.0.1', `${tag}.localhost`) + query
    case undefined:
      return faults.origin.replace('127.0.0.1', `${tag}.localhost`) + query
    default:
      return server.host satisfies never
  }
}

async function leave(frame: Frame, how: NonNullable<PageAct['leaves']>): Promise<void> {
  const element = await frame.frameElement()
  switch (how) {
    case 'navigate frame':
      return element.evaluate((iframe: HTMLIFrameElement) => void (iframe.src = '/?elsewhere'))
    case 'reload frame':
      return element.evaluate((iframe: HTMLIFrameElement) => iframe.contentWindow?.location.reload())
    case 'remove frame':
      return element.evaluate((iframe: HTMLIFrameElement) => iframe.remove())
    default:
      return how satisfies never
  }
}

/** Each case runs in a frame of its own, which `forget` removes with all that the case left going on. */
async function addFrame(page: Page, url: string): Promise<Frame> {
  await page.evaluate(
    (src) =>
      new Promise((resolve) => {
        const iframe = Object.assign(document.createElement('iframe'), { src, onload: resolve })
        document.body.append(iframe)
      }),
    url,
  )
  return until('the frame', () => page.frames().find((frame) => frame.url() === url) ?? null)
}

/** Runs a case's code. That it is refused or throws is often the point; that it cannot be read is not. */
async function run(where: Page | Frame, url: string, code: string): Promise<void> {
  const failure = await where.evaluate(`(async () => {
    const url = ${JSON.stringify(url)};
    ${PAGE_WORDS}
    try { await (async () => { ${code} })() } catch (error) {
      return error instanceof ReferenceError || error instanceof SyntaxError ? String(error) : '';
    }
    return '';
  })()`)
  if (failure !== '') throw new Error(`The case's code is wrong: ${String(failure)}`)
}
