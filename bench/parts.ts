/** What is measured, and what it may cost. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { JOURNAL_BYTES } from '../lib/journal.ts'
import type { Browser } from './browser.ts'
import { measure, median, memoryAfter, type Figures } from './measure.ts'
import { fetchJson, listenToEvents, readStream, requestText } from './page-work.ts'
import { traceStart } from './start.ts'

/** Closed is judged against native, open against DevTools alone: by how many times as much, by how much more, or as it is. */
export interface Goal {
  readonly as: 'ratio' | 'more' | 'figure'
  readonly closed?: number
  readonly open?: number
}

export interface Part {
  readonly name: string
  readonly title: string
  /** Of the figures it gives, those that are reported, with the goals they have. */
  readonly goals: Readonly<Record<string, Goal | null>>
  run(browser: Browser, context: Context): Promise<Figures>
}

export interface Context {
  readonly url: string
  readonly extension: string
  /** Takes fewer events, to try things out. */
  readonly quick: boolean
}

const ratio = (closed: number, open: number): Goal => ({ as: 'ratio', closed, open })

async function paced(browser: Browser, rate: number, events: number): Promise<Figures> {
  return measure(browser, events, readStream, `/paced?rate=${rate}&count=${events}`, true)
}

export const PARTS: readonly Part[] = [
  {
    name: 'burst',
    title: '100,000 events in 64 KB writes, getReader',
    goals: {
      wall: ratio(1.1, 1.25),
      'main cpu': ratio(1.25, 1.25),
      'process cpu': null,
      reads: null,
      'memory after': { as: 'more', closed: JOURNAL_BYTES / 1e6, open: JOURNAL_BYTES / 1e6 },
    },
    async run(browser, { quick }) {
      const events = quick ? 20_000 : 100_000
      const figures = await measure(browser, events, readStream, `/burst?count=${events}`, false)
      return { ...figures, 'memory after': await memoryAfter(browser) }
    },
  },
  {
    name: 'single',
    title: '100,000 events, one write an event, getReader',
    goals: { wall: null, 'main cpu': ratio(1.15, 1.25), 'process cpu': null, reads: null, 'main cpu per read': null },
    run(browser, { quick }) {
      const events = quick ? 20_000 : 100_000
      return measure(browser, events, readStream, `/single?count=${events}`, false)
    },
  },
  {
    name: 'paced-1000',
    title: '1,000 events a second, getReader',
    goals: { 'task per event': ratio(1.2, 1.3), 'delay median': null, 'delay p99': null, 'process cpu': null },
    run: (browser, { quick }) => paced(browser, 1000, quick ? 1000 : 3000),
  },
  {
    name: 'paced-50',
    title: '50 events a second, getReader',
    goals: { 'delay median': { as: 'more', closed: 0.05, open: 0.1 }, 'delay p99': null, 'task per event': null },
    run: (browser, { quick }) => paced(browser, 50, quick ? 50 : 200),
  },
  {
    name: 'json',
    title: '2,000 small JSON fetches that are no streams',
    goals: { 'main cpu': ratio(1.02, 1.05), wall: null, 'process cpu': null },
    run(browser, { quick }) {
      const count = quick ? 400 : 2000
      return measure(browser, count, fetchJson, count)
    },
  },
  {
    name: 'eventsource',
    title: 'EventSource, 20,000 events',
    goals: { wall: ratio(1.2, 1.2), 'main cpu': null, 'process cpu': null },
    run(browser, { quick }) {
      const events = quick ? 4000 : 20_000
      return measure(browser, events, listenToEvents, `/burst?count=${events}`, events)
    },
  },
  {
    name: 'xhr',
    title: 'XMLHttpRequest, 20,000 events',
    goals: { wall: null, 'main cpu': null, 'process cpu': null, reads: null },
    run(browser, { quick }) {
      const events = quick ? 4000 : 20_000
      return measure(browser, events, requestText, `/burst?count=${events}`)
    },
  },
  {
    name: 'start',
    title: 'Start of a page',
    goals: {
      'page script': { as: 'figure', closed: 12_000 },
      'page script run': { as: 'figure', closed: 0.3 },
      'bridge script run': null,
    },
    async run(browser, { url, extension, quick }) {
      if (browser.variant !== 'closed') return {}
      const times = await traceStart(browser, url, quick ? 5 : 10)
      if (times.length === 0) throw new Error('The trace does not show that the page script ran')
      return {
        'page script': statSync(join(extension, 'content-scripts', 'page.js')).size,
        'page script run': median(times.map(({ page }) => page)),
        'bridge script run': median(times.map(({ bridge }) => bridge)),
      }
    },
  },
]
