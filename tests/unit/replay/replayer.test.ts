import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import type { PanelToHub, StreamRecord } from '../../../lib/protocol.ts'
import type { Surroundings } from '../../../lib/replay/check.ts'
import type { ReplayRun } from '../../../lib/replay/replay.ts'
import { createReplayer } from '../../../lib/replay/replayer.ts'
import { createSession } from '../../../lib/session/session.ts'
import type { Connection } from '../../../lib/session/types.ts'
import { chunk, documentRecord, end, gone, head, open, page, reached } from '../../helpers/stream-builders.ts'
import { plan, type GivenPlan } from '../../helpers/replay-plans.ts'

/** A panel's session with one connection, `d1/1`, and a replayer whose ways out are in the test's hands. */
function createDesk(asExtension: (isOver: () => boolean) => Promise<(by: string) => void> = async () => () => {}) {
  const document = page('d1')
  const told: PanelToHub[] = []
  const timers: { run: () => void; ms: number; off: boolean }[] = []
  const isGranted = signal(true)
  const pageState = signal<Surroundings['page']>('ready')
  let answer = true
  let ids = 0
  const session = createSession({ schedule: (run) => run(), opened: (connection) => replayer.opened(connection) })
  const find = (key: string): Connection | null => {
    for (const row of session.rows) if (row.kind === 'connection' && row.connection.key === key) return row.connection
    return null
  }
  const replayer = createReplayer({
    toHub: (message) => void told.push(message),
    extension: { send: (_plan, _mark, _original, _pageUrl, isOver) => asExtension(isOver) },
    rights: { isGranted, request: async () => answer },
    connectionOf: find,
    pageUrl: () => session.pageUrl,
    page: pageState,
    later(run, ms) {
      const timer = { run, ms, off: false }
      timers.push(timer)
      return () => (timer.off = true)
    },
    newId: () => `run${(ids += 1)}`,
  })
  session.apply(reached('d1'))
  const records = (...list: readonly StreamRecord[]) => session.apply(document.batch(...list))
  records(documentRecord(), open({ c: 1 }))
  return {
    session,
    replayer,
    told,
    timers,
    isGranted,
    page: pageState,
    records,
    refuse: () => (answer = false),
    sent: () => told.flatMap((message) => (message.k === 'replay' ? [message.replay.mark.run] : [])),
    /** What capture writes of a run. */
    opens: (run: ReplayRun, c: number) =>
      records(open({ c, replay: { run: run.id, of: 'd1/1' } }), head('text/event-stream', { c })),
    find,
  }
}
const settled = () => new Promise((resolve) => setTimeout(resolve))
const states = (runs: readonly ReplayRun[]) => runs.map(({ state }) => state.value)
const ofOriginal: GivenPlan = { originalKey: 'd1/1' }

test('a run goes to the document of its original, and becomes the connection that capture records', async () => {
  const desk = createDesk()
  const [run] = desk.replayer.send(plan(ofOriginal))
  if (run === undefined) throw new Error('no run')
  await settled()
  expect(desk.told).toMatchObject([
    { k: 'replay', doc: 'd1', frameId: 0, replay: { mark: { run: 'run1', of: 'd1/1' } } },
  ])
  expect(states([run])).toEqual(['starting'])
  desk.opens(run, 2)
  expect(states([run])).toEqual(['running'])
  const connection = desk.find('d1/2')
  expect(run.connection.value).toBe(connection)
  expect(connection?.replayOf).toEqual({ key: 'd1/1', number: 1 })
  expect(connection && desk.replayer.runOf(connection)).toBe(run)
  desk.records(end('done', { c: 2 }))
  expect(states([run])).toEqual(['ended'])
  expect(desk.find('d1/1')?.replayOf).toBe(null)
})

test('of many, so many are under way at once as was asked for; the next starts when one ends', async () => {
  const desk = createDesk()
  const runs = desk.replayer.send(plan({ ...ofOriginal, repeat: { times: 5, atOnce: 2 } }))
  await settled()
  expect(desk.sent()).toEqual(['run1', 'run2'])
  runs.slice(0, 2).forEach((run, index) => desk.opens(run, index + 2))
  desk.records(end('done', { c: 3 }))
  await settled()
  expect(desk.sent()).toEqual(['run1', 'run2', 'run3'])
  expect(states(runs)).toEqual(['running', 'ended', 'starting', 'queued', 'queued'])
  desk.records(end('done', { c: 2 }))
  await settled()
  expect(desk.sent()).toHaveLength(4)
})

test('stopping all stops what goes on, and sends nothing of what waits', async () => {
  const desk = createDesk()
  const runs = desk.replayer.send(plan({ ...ofOriginal, repeat: { times: 4, atOnce: 1 } }))
  await settled()
  const [first] = runs
  if (first === undefined) throw new Error('no run')
  desk.replayer.hear({ k: 'replaying', run: first.id, doc: 'd1' })
  desk.opens(first, 2)
  desk.replayer.stopAll()
  await settled()
  expect(desk.told.at(-1)).toEqual({ k: 'stop-replay', doc: 'd1', run: 'run1', by: 'replay stopped' })
  expect(desk.sent()).toEqual(['run1'])
  desk.records(end('cancel', { c: 2, by: 'replay stopped' }))
  await settled()
  expect(desk.sent()).toEqual(['run1'])
  expect(states(runs)).toEqual(['ended', 'stopped', 'stopped', 'stopped'])
  expect(desk.find('d1/2')?.ending).toMatchObject({
    verdict: 'cancelled',
    who: 'user',
    sentence: expect.stringContaining('You stopped the replay') as unknown,
  })
})

test('a run that is stopped on its way is stopped in the page as soon as it is known where it went', async () => {
  const desk = createDesk()
  const [run] = desk.replayer.send(plan(ofOriginal))
  if (run === undefined) throw new Error('no run')
  await settled()
  desk.replayer.stop(run)
  expect(states([run])).toEqual(['stopped'])
  desk.replayer.hear({ k: 'replaying', run: run.id, doc: 'd1' })
  expect(desk.told.at(-1)).toMatchObject({ k: 'stop-replay', run: run.id })
  // What capture had begun to record by then is a connection all the same.
  desk.opens(run, 2)
  expect(run.connection.value?.key).toBe('d1/2')
  expect(states([run])).toEqual(['stopped'])
})

test('so many events stop it once, and so much time', async () => {
  const desk = createDesk()
  const stopAfter = { events: 2, ms: 700 }
  const [run] = desk.replayer.send(plan({ ...ofOriginal, stopAfter }))
  if (run === undefined) throw new Error('no run')
  await settled()
  desk.replayer.hear({ k: 'replaying', run: run.id, doc: 'd1' })
  desk.opens(run, 2)
  desk.records(chunk('data: 1\n\n', { c: 2 }))
  expect(desk.told.filter(({ k }) => k === 'stop-replay')).toEqual([])
  desk.records(chunk('data: 2\n\n', { c: 2 }))
  desk.records(chunk('data: 3\n\n', { c: 2 }))
  const stops = desk.told.filter(({ k }) => k === 'stop-replay')
  expect(stops).toEqual([{ k: 'stop-replay', doc: 'd1', run: run.id, by: 'stop after events' }])
  const [timer] = desk.timers
  expect(timer?.ms).toBe(700)
  timer?.run()
  expect(desk.told.at(-1)).toMatchObject({ by: 'stop after time' })
  desk.records(end('cancel', { c: 2, by: 'stop after events' }))
  expect(timer?.off).toBe(true)
})

test('without a page to send it, the run says so, and the next is tried', async () => {
  const desk = createDesk()
  const runs = desk.replayer.send(plan({ ...ofOriginal, repeat: { times: 2, atOnce: 1 } }))
  await settled()
  desk.replayer.hear({ k: 'not-replayed', run: 'run1', why: 'not-capturing' })
  await settled()
  expect(states(runs)).toEqual(['failed', 'starting'])
  expect(runs[0]?.error.value).toMatchObject({ field: 'way', wayOn: 'extension' })
  desk.replayer.hear({ k: 'replaying', run: 'run2', doc: 'd1' })
  desk.replayer.hear(gone('d1'))
  expect(states(runs)).toEqual(['failed', 'failed'])
})

test('a plan with an error is not sent: one run has it', () => {
  const desk = createDesk()
  const runs = desk.replayer.send(plan({ request: { url: 'nowhere' }, repeat: { times: 9, atOnce: 1 } }))
  expect(states(runs)).toEqual(['failed'])
  expect(runs[0]?.error.value).toMatchObject({ field: 'url', severity: 'error' })
  expect(desk.told).toEqual([])
})

test('as the extension: rights are asked for, and a refusal fails all', async () => {
  const desk = createDesk()
  desk.isGranted.value = false
  desk.refuse()
  const runs = desk.replayer.send(plan({ way: 'extension', repeat: { times: 3, atOnce: 1 } }))
  expect(states(runs)).toEqual(['queued', 'queued', 'queued'])
  await settled()
  expect(states(runs)).toEqual(['failed', 'failed', 'failed'])
  expect(runs[0]?.error.value?.message).toContain('may not send')
})

test('as the extension: rights that come from elsewhere while the user is asked start it, once', async () => {
  let sent = 0
  const desk = createDesk(async () => {
    sent += 1
    return () => {}
  })
  desk.isGranted.value = false
  const runs = desk.replayer.send(plan({ way: 'extension', repeat: { times: 3, atOnce: 1 } }))
  desk.isGranted.value = true
  await settled()
  expect(states(runs)).toEqual(['starting', 'queued', 'queued'])
  expect(sent).toBe(1)
})

test('as the extension: what cannot be sent says why', async () => {
  const desk = createDesk(() => Promise.reject(new Error('rule refused')))
  const [run] = desk.replayer.send(plan({ way: 'extension' }))
  await settled()
  expect(run?.error.value).toMatchObject({ values: { why: 'rule refused' } })
})

test('as the extension: a run that was stopped before it was on its way is stopped then', async () => {
  let ready = (_cut: (by: string) => void): void => {}
  const stops: string[] = []
  let isOver = (): boolean => false
  const desk = createDesk((given) => {
    isOver = given
    return new Promise((resolve) => (ready = resolve))
  })
  const [run] = desk.replayer.send(plan({ way: 'extension' }))
  if (run === undefined) throw new Error('no run')
  expect(isOver()).toBe(false)
  desk.replayer.stop(run)
  expect(isOver()).toBe(true)
  ready((by) => stops.push(by))
  await settled()
  expect(stops).toEqual(['replay stopped'])
})

test('a replay that an earlier panel had sent can be stopped by this one', () => {
  const desk = createDesk()
  desk.records(open({ c: 2, replay: { run: 'earlier', of: 'd1/1' } }))
  const [run] = desk.replayer.runs.value
  expect(run).toMatchObject({ id: 'earlier', plan: { originalKey: 'd1/1' } })
  if (run !== undefined) desk.replayer.stop(run)
  expect(desk.told).toEqual([{ k: 'stop-replay', doc: 'd1', run: 'earlier', by: 'replay stopped' }])
})

test('check says what the session knows of the page by now', () => {
  const desk = createDesk()
  expect(desk.replayer.check(plan(ofOriginal))).toEqual([])
  desk.page.value = 'not-capturing'
  expect(desk.replayer.check(plan(ofOriginal))).toMatchObject([{ field: 'way', severity: 'error' }])
})

test('a replay whose answer the page would be handed says that, and blames nobody’s click', () => {
  const desk = createDesk()
  desk.records(open({ c: 2, replay: { run: 'r', of: 'd1/1' } }), end('cancel', { c: 2, by: 'then of the page' }))
  const ending = desk.find('d1/2')?.ending
  expect(ending).toMatchObject({ verdict: 'cancelled', who: 'page' })
  expect(ending?.sentence).toMatch(/^The replay was stopped .*a then on all objects/)
})

test('what stood behind the end of a replay is no call of the page, and no limit of its', () => {
  const desk = createDesk()
  desk.records(
    open({ c: 2, replay: { run: 'r', of: 'd1/1' } }),
    end('cancel', { c: 2, by: 'replay stopped' }),
    open({ c: 3, replay: { run: 's', of: 'd1/1' } }),
    end('timeout', { c: 3, limitMs: 300 }),
  )
  const firstOf = (key: string) => desk.find(key)?.ending?.evidence[0]?.value
  expect(firstOf('d1/2')).toBe('the replay was stopped')
  expect(firstOf('d1/3')).toBe('the limit that was set for the replay ran out')
})
