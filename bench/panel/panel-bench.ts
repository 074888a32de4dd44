/** How quick the panel is, in real DevTools: one long stream with its row selected, many connections, and live streams. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { ROOT_DIR } from '../../tests/helpers/extension.ts'
import { openBrowser, type Browser } from '../browser.ts'
import { evaluate, type Session } from '../cdp.ts'
import { EVENT_BYTES } from '../load-server.ts'
import { quantile } from '../measure.ts'
import type { Context } from '../parts.ts'
import { drain, drainMany, readAll } from './in-page.ts'
import {
  clearList,
  clearSpan,
  exportHar,
  filterEvents,
  jump,
  openEvents,
  readWatch,
  selectSpan,
  startWatch,
  whenCounted,
  whenListed,
} from './in-panel.ts'

/** A figure with the most that it should be; null where none is set. */
interface Figure {
  readonly name: string
  readonly unit: string
  readonly value: number
  readonly goal: number | null
}
interface Scene {
  readonly title: string
  readonly figures: readonly Figure[]
}

const count = (value: number): string => value.toLocaleString('en')

function call<Args extends unknown[], Result>(
  session: Session,
  work: (...args: Args) => Result,
  ...args: Args
): Promise<Awaited<Result>> {
  return evaluate(session, `(${work.toString()})(...${JSON.stringify(args)})`) as Promise<Awaited<Result>>
}

/** Bytes that the panel's scripts hold after garbage collection. */
async function heapOf(panel: Session): Promise<number> {
  for (let times = 0; times < 3; times++) await panel.send('HeapProfiler.collectGarbage')
  const { usedSize, backingStorageSize } = await panel.send('Runtime.getHeapUsage')
  return usedSize + backingStorageSize
}

/** Goals that depend on how many events there are. */
const FLOODS: readonly {
  readonly events: number
  readonly shownMs: number | null
  readonly filterFirstMs: number | null
}[] = [
  { events: 1_000, shownMs: null, filterFirstMs: null },
  { events: 10_000, shownMs: 200, filterFirstMs: null },
  { events: 100_000, shownMs: 500, filterFirstMs: 50 },
  { events: 1_000_000, shownMs: null, filterFirstMs: 100 },
]

async function flood(
  browser: Browser,
  panel: Session,
  url: string,
  { events, shownMs, filterFirstMs }: (typeof FLOODS)[number],
): Promise<Scene> {
  await browser.load(url)
  const before = await heapOf(panel)
  await call(panel, startWatch)
  const shown = call(panel, whenCounted, count(events))
  // Its row is the first, and the first is selected by itself.
  const readMs = await call(browser.page, drain, `/words?count=${events}`)
  const shownAtMs = await shown
  const { longestTaskMs } = await call(panel, readWatch)
  await call(panel, openEvents)
  const heap = await heapOf(panel)
  await call(panel, startWatch)
  const home = await call(panel, jump, 'Home', '1')
  const end = await call(panel, jump, 'End', String(events))
  const middle = await call(panel, jump, 'middle', null)
  const filter = await call(panel, filterEvents, 'word999', events / 1000)
  await call(panel, filterEvents, '', events)
  const spanMs = await call(panel, selectSpan)
  await call(panel, clearSpan)
  const exportMs = await call(panel, exportHar)
  const used = await call(panel, readWatch)
  const held = (heap - before) / events
  return {
    title: `${count(events)} events of ${EVENT_BYTES} bytes, the row selected`,
    figures: [
      { name: 'last read → all counted', unit: 'ms', value: shownAtMs - readMs, goal: shownMs },
      { name: 'longest task while they come', unit: 'ms', value: longestTaskMs, goal: 50 },
      {
        name: 'held per event beyond its text',
        unit: 'bytes',
        value: held - EVENT_BYTES,
        goal: events < 100_000 ? null : 40,
      },
      { name: 'to the first row', unit: 'ms', value: home, goal: null },
      { name: 'to the last row', unit: 'ms', value: end, goal: null },
      { name: 'to the middle', unit: 'ms', value: middle, goal: null },
      { name: 'filter: first rows', unit: 'ms', value: filter.firstMs, goal: filterFirstMs },
      { name: 'filter: all rows', unit: 'ms', value: filter.allMs, goal: events >= 1_000_000 ? 1_000 : null },
      { name: 'span selected', unit: 'ms', value: spanMs, goal: null },
      { name: 'copied as HAR', unit: 'ms', value: exportMs, goal: null },
      { name: 'longest task meanwhile', unit: 'ms', value: used.longestTaskMs, goal: null },
    ],
  }
}

async function manyConnections(browser: Browser, panel: Session, url: string): Promise<Scene> {
  const connections = 1_000
  await browser.load(url)
  await call(panel, startWatch)
  const listed = call(panel, whenListed, `${count(connections)} connections`)
  const overMs = await call(browser.page, drainMany, '/words?count=10', connections, 6)
  const listedMs = await listed
  const { longestTaskMs } = await call(panel, readWatch)
  return {
    title: `${count(connections)} connections of 10 events, one after another`,
    figures: [
      { name: 'last end → all listed', unit: 'ms', value: listedMs - overMs, goal: null },
      { name: 'longest task while they come', unit: 'ms', value: longestTaskMs, goal: 50 },
    ],
  }
}

async function liveStreams(
  browser: Browser,
  panel: Session,
  url: string,
  streams: number,
  perSecond: number,
  seconds: number,
): Promise<Scene> {
  await browser.load(url)
  // What the scene before left to do is done once a stream of this page is listed.
  const listed = call(panel, whenListed, '1 connection')
  await call(browser.page, drain, '/words?count=1')
  await listed
  await call(panel, clearList)
  await call(panel, startWatch)
  const paths = Array.from(
    { length: streams },
    (_, n) => `/paced?rate=${perSecond}&count=${perSecond * seconds}&n=${n}`,
  )
  const read = await call(browser.page, readAll, paths)
  await call(panel, whenListed, streams === 1 ? '1 connection' : `${streams} connections`)
  await call(panel, whenCounted, count(perSecond * seconds))
  const { longestTaskMs, seen } = await call(panel, readWatch)
  const delays = read.flatMap((moments, row) =>
    moments.flatMap((readMs, n) => {
      // Shown with the next count that was painted, if not with its own.
      const shownMs = seen[row]?.slice(n + 1).find((ms) => ms !== null)
      return shownMs === undefined || shownMs === null ? [] : [shownMs - readMs]
    }),
  )
  const lost = read.flat().length - delays.length
  return {
    title: `${count(streams * perSecond)} events a second in ${streams} ${streams === 1 ? 'connection' : 'connections'}, for ${seconds} s`,
    figures: [
      { name: 'read → count on screen, median', unit: 'ms', value: quantile(delays, 0.5), goal: 20 },
      { name: 'read → count on screen, p95', unit: 'ms', value: quantile(delays, 0.95), goal: 40 },
      { name: 'events never shown', unit: '', value: lost, goal: 0 },
      { name: 'longest task', unit: 'ms', value: longestTaskMs, goal: 50 },
    ],
  }
}

function show({ title, figures }: Scene): void {
  console.log(`\n${title}`)
  for (const { name, unit, value, goal } of figures) {
    const judged = goal === null ? '' : `≤ ${goal}  ${value <= goal ? 'met' : 'MISSED'}`
    const digits = value === 0 ? '0' : value.toFixed(value < 10 ? 1 : 0)
    const isUnseen = value === 0 && name.startsWith('longest')
    console.log(
      `  ${name.padEnd(34)} ${(isUnseen ? '< 50' : digits).padStart(8)} ${unit.padEnd(6)} ${judged}`.trimEnd(),
    )
  }
}

/** The first long stream is slower than all others: code is compiled, caches are filled. */
const WARM_UP_EVENTS = 20_000

/** Measures all scenes in one browser and prints them. */
export async function runPanelBench({ url, extension, quick }: Context): Promise<void> {
  const browser = await openBrowser('open', extension)
  try {
    const { panel } = browser
    if (panel === null) throw new Error('The panel is not open')
    console.log('\nThe panel in real DevTools; of a task below 50 ms the browser does not tell.')
    const scenes: Scene[] = []
    const add = (scene: Scene): void => {
      scenes.push(scene)
      show(scene)
    }
    await flood(browser, panel, url, { events: WARM_UP_EVENTS, shownMs: null, filterFirstMs: null })
    for (const scene of quick ? FLOODS.slice(0, 2) : FLOODS) add(await flood(browser, panel, url, scene))
    add(await manyConnections(browser, panel, url))
    add(await liveStreams(browser, panel, url, 1, 50, quick ? 3 : 20))
    add(await liveStreams(browser, panel, url, 20, 10, quick ? 5 : 60))
    const dir = join(ROOT_DIR, 'artifacts')
    mkdirSync(dir, { recursive: true })
    const name = quick ? 'bench-panel-trial.json' : 'bench-panel.json'
    const all = { date: new Date().toISOString(), loadAverages: loadavg(), scenes }
    writeFileSync(join(dir, name), `${JSON.stringify(all, null, 2)}\n`)
    const judged = scenes.flatMap(({ figures }) => figures).filter(({ goal }) => goal !== null)
    const met = judged.filter(({ value, goal }) => value <= (goal ?? Infinity)).length
    console.log(`\n${met} goals met, ${judged.length - met} missed. All figures: artifacts/${name}`)
  } finally {
    await browser.close()
  }
}
