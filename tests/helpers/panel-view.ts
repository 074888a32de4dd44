/** What a user sees in our panel, and the clicks a user makes there. Works on any frame that shows the panel. */

import type { Frame } from 'playwright-core'
import type { TabName } from '../../components/panel/panel-state.ts'
import { until } from './until.ts'

const LIVE_STATES: ReadonlySet<string> = new Set(['connecting', 'waiting', 'open', 'reconnecting', 'stalled', 'unread'])

/** One row of the list of connections, as text. */
export interface ShownConnection {
  readonly key: string
  readonly number: string
  readonly method: string
  /** The whole URL, from the cell's title. */
  readonly url: string
  /** The name of its frame; empty for the top one. */
  readonly frame: string
  readonly transport: string
  readonly status: string
  readonly events: string
  readonly state: string
  /** How it ended, in a sentence. */
  readonly sentence: string
}

/** One row of the Events tab, as text. */
export interface ShownEvent {
  readonly index: number
  /** `event`, or what else it is. */
  readonly kind: string
  readonly number: string
  /** Seconds since the call. */
  readonly sinceS: number
  readonly type: string
  readonly id: string
  readonly data: string
}

export const isLive = ({ state }: ShownConnection): boolean => LIVE_STATES.has(state)

/** The rows that are on screen: all of them, as long as there are no more than fit. */
export function readConnections(panel: Frame): Promise<ShownConnection[]> {
  return panel.locator('[data-connection]').evaluateAll((rows) =>
    rows.map((row) => {
      const cell = (name: string) => row.querySelector<HTMLElement>(`[data-column="${name}"]`)
      const text = (name: string) => cell(name)?.textContent?.trim() ?? ''
      return {
        key: (row as HTMLElement).dataset['connection'] ?? '',
        number: text('number'),
        method: text('method'),
        url: cell('url')?.title ?? '',
        frame: cell('url')?.querySelector('.frame')?.textContent ?? '',
        transport: text('transport'),
        status: text('status'),
        events: text('events'),
        state: text('state'),
        sentence: cell('state')?.title ?? '',
      }
    }),
  )
}

/** The only connection whose URL contains `part`, once `enough` says so (at once unless given). Two of them are an error. */
export function connectionOf(
  panel: Frame,
  part: string,
  enough: (connection: ShownConnection) => boolean = () => true,
  timeoutMs = 20_000,
): Promise<ShownConnection> {
  return until(
    `the connection ${part} in the panel`,
    async () => {
      const found = (await readConnections(panel)).filter(({ url }) => url.includes(part))
      if (found.length > 1) throw new Error(`${found.length} connections have ${part} in their URL`)
      const [only] = found
      if (only !== undefined && !enough(only)) throw new Error(`so far: ${JSON.stringify(only)}`)
      return only ?? null
    },
    timeoutMs,
  )
}

/** The texts of the navigation dividers. */
export function readDividers(panel: Frame): Promise<string[]> {
  return panel.locator('[data-navigation]').allTextContents()
}

/** Selects a connection by a real click and waits for its details. */
export async function choose(panel: Frame, { key, number }: ShownConnection): Promise<void> {
  await panel.locator(`[data-connection="${key}"] [data-column="number"]`).click()
  await panel.locator(`.details[aria-label="Connection ${number}"]`).waitFor()
}

export async function openTab(panel: Frame, name: TabName): Promise<void> {
  await panel.getByRole('tab', { name, exact: true }).click()
  await panel.locator('[role=tabpanel]').waitFor()
}

/** Everything that the list of the open connection's events has, read by scrolling through it. */
export async function readEvents(panel: Frame): Promise<ShownEvent[]> {
  const list = panel.locator('.events[role=grid]')
  await list.waitFor()
  return list.evaluate(async (scroller) => {
    const seen = new Map<number, ShownEvent>()
    const look = () => {
      for (const row of scroller.querySelectorAll<HTMLElement>('[data-entry]')) {
        const text = (name: string) => row.querySelector(`[data-column="${name}"]`)?.textContent?.trim() ?? ''
        const index = Number(row.dataset['entry'])
        const parts = text('since').replace(' s', '').split(':').map(Number)
        seen.set(index, {
          index,
          kind: /kind-(\S+)/.exec(row.className)?.[1] ?? '',
          number: text('number'),
          sinceS: parts.reduce((sum, part) => sum * 60 + part, 0),
          type: text('type'),
          id: text('id'),
          data: text('data'),
        })
      }
    }
    const drawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    scroller.scrollTop = 0
    for (;;) {
      await drawn()
      look()
      const before = scroller.scrollTop
      scroller.scrollTop += Math.max(20, scroller.clientHeight - 80)
      if (scroller.scrollTop === before) break
    }
    return [...seen.values()].toSorted((a, b) => a.index - b.index)
  })
}

/** Selects the connection and gives the events of its Events tab, without comments and the like. */
export async function eventsOf(panel: Frame, connection: ShownConnection): Promise<ShownEvent[]> {
  await choose(panel, connection)
  await openTab(panel, 'Events')
  return (await readEvents(panel)).filter(({ kind }) => kind === 'event')
}

/** What the panel says was dropped, cut or left out, unfolded; empty when it says nothing. */
export async function readNotices(panel: Frame): Promise<string> {
  return (await panel.locator('.notice').allTextContents()).join('\n')
}

/** The toolbar's totals: `12 connections · 3 live · 4,120 events · 1.2 MB`. */
export async function readSummary(panel: Frame): Promise<string> {
  return (await panel.locator('.summary').textContent()) ?? ''
}

/** Loads the panel anew, as a user does by its context menu: it begins with what the tab's documents still have. */
export async function reloadPanel(panel: Frame): Promise<void> {
  await panel.evaluate(() => {
    Object.assign(globalThis, { beforeReload: true })
    setTimeout(() => location.reload())
  })
  const isNew = () => panel.evaluate(() => !('beforeReload' in globalThis) && document.readyState === 'complete')
  await until('the panel to be loaded anew', isNew)
}
