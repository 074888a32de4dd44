/** Whether the page asks for more of a body: told when it stopped for half a second, and when it goes on. */
import { expect, test } from 'vitest'
import type { StreamRecord } from '../../lib/protocol.ts'
import { readRecords, type RecordReader } from '../helpers/records.ts'
import { endless, SSE_HEAD } from '../helpers/stream-server.ts'
import { first, only, useBench } from './setup.ts'

const bench = useBench({ '/endless': endless(SSE_HEAD) })

interface Look {
  /** Runs a script in the page. */
  run(script: string): Promise<unknown>
  readonly records: RecordReader
  /** Every body that stands still longer than the one of `tag` has been told of when this is. */
  whenIdle(tag: string): Promise<StreamRecord[]>
}

/** A page of its own, as a browser opens no more than six connections to a server. */
async function withPage(use: (look: Look) => Promise<void>): Promise<void> {
  const { chromium, server } = bench()
  const page = await chromium.newPage(`${server.url}?demand`)
  const records = await readRecords(chromium.context, chromium.extensionId, page)
  const run: Look['run'] = (script) => page.evaluate(`(async () => { ${script} })()`)
  try {
    await use({
      run,
      records,
      async whenIdle(tag) {
        await run(`(window.kept ??= []).push(await fetch('/endless?${tag}'))`)
        return records.when(tag, idle)
      },
    })
  } finally {
    await records.close()
    await page.close()
  }
}

const demands = (records: readonly StreamRecord[]) => only(records, 'demand').map(({ pending }) => pending)
const idle = (records: readonly StreamRecord[]) => demands(records).length > 0

test('a body that nobody reads is told of, from its head on, and once', () =>
  withPage(async ({ records, whenIdle }) => {
    const own = await whenIdle('unread')
    const sinceHeadMs = first(own, 'demand').atMs - first(own, 'head').atMs
    expect(demands(own)).toEqual([false])
    expect(Math.abs(sinceHeadMs)).toBeLessThan(400)
    await whenIdle('later')
    expect(demands(await records.when('unread', idle))).toEqual([false])
  }))

test('a reader that stops and goes on is told of once each', () =>
  withPage(async ({ run, records }) => {
    await run(`window.reader = (await fetch('/endless?stops')).body.getReader(); await reader.read()`)
    const stopped = await records.when('stops', idle)
    expect(first(stopped, 'demand').pending).toBe(false)
    expect(first(stopped, 'demand').atMs).toBeGreaterThanOrEqual(first(stopped, 'chunk').atMs)
    await run('await reader.read()')
    const goneOn = await records.when('stops', (own) => demands(own).includes(true))
    expect(demands(goneOn).slice(0, 2)).toEqual([false, true])
  }))

test.for([
  ['a loop', `const reader = (await fetch(url)).body.getReader(); for (;;) await reader.read()`],
  ['an iterator', `for await (const chunk of (await fetch(url)).body) void chunk`],
  ['text()', `await (await fetch(url)).text()`],
  ['a pipe', `await (await fetch(url)).body.pipeTo(new WritableStream())`],
  ['a clone beside an unread original', `window.original = await fetch(url); await original.clone().text()`],
] as const)('%s that reads on is not told of', ([, script]) =>
  withPage(async ({ run, records, whenIdle }) => {
    await run(`const url = '/endless?reads-on'; void (async () => { ${script} })()`)
    await records.when('reads-on', (own) => only(own, 'chunk').length > 0)
    await whenIdle('later')
    expect(demands(await records.when('reads-on', () => true))).toEqual([])
  }),
)

test('a pipe that is held back is told of', () =>
  withPage(async ({ run, records }) => {
    await run(`
      const { body } = await fetch('/endless?held')
      void body.pipeTo(new WritableStream({ write: () => new Promise(() => {}) }))
    `)
    expect(demands(await records.when('held', idle))).toEqual([false])
  }))

test('a body that goes where it cannot be followed is said to, and not to be unread', () =>
  withPage(async ({ run, records, whenIdle }) => {
    await run(`
      const cache = await caches.open('demand')
      void cache.put('/kept', await fetch('/endless?cached'))
    `)
    const own = await records.when('cached', (seen) => only(seen, 'note').length > 0)
    expect(only(own, 'note').map(({ note }) => note)).toEqual(['unseen-consumer'])
    await whenIdle('later')
    expect(demands(await records.when('cached', () => true))).toEqual([])
  }))

test('somebody who asks late is told what stands still', async () => {
  const { chromium, server } = bench()
  const page = await chromium.newPage(`${server.url}?late`)
  await page.evaluate("(async () => { window.kept = await fetch('/endless?late-body') })()")
  const records = await readRecords(chromium.context, chromium.extensionId, page)
  expect(demands(await records.when('late-body', idle))).toEqual([false])
  await records.close()
  await page.close()
})
