import { expect, test } from 'vitest'
import { endless, SSE_HEAD, type Answer } from '../helpers/stream-server.ts'
import { first, kinds, only, useBench } from './setup.ts'

const resumed: Answer = (response, request) => {
  const after = Number(request.headers['last-event-id'] ?? 0)
  if (after >= 4) {
    response.writeHead(204)
    return void response.end()
  }
  response.writeHead(200, SSE_HEAD)
  response.end(
    `retry: 20\n: hidden\n\nid: ${after + 1}\nevent: tick\ndata: ${after + 1}\n\nid: ${after + 2}\ndata: two\ndata: lines\n\nevent: unheard\ndata: x\n\n`,
  )
}

const bench = useBench({
  '/events': resumed,
  '/endless': endless(),
  '/named': (response) => {
    response.writeHead(200, SSE_HEAD)
    response.write('event: error\ndata: from the server\n\nevent: open\ndata: too\n\nevent: late\ndata: 1\n\n')
    const timer = setInterval(() => response.write('event: late\ndata: 2\n\n'), 20)
    response.on('close', () => clearInterval(timer))
  },
  '/wrong': (response) => {
    response.writeHead(200, { 'content-type': 'text/plain' })
    response.end('data: 1\n\n')
  },
})

test('events of every type the page listens to, in order, over reconnects, with their ids', async () => {
  const { page, records } = bench()
  const got = await page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const source = new EventSource('/events?t=resume')
        const list: string[] = []
        const write = ({ type, data, lastEventId }: MessageEvent<string>) => list.push(`${type} ${data} ${lastEventId}`)
        source.onmessage = write
        source.addEventListener('tick', write)
        source.addEventListener('tick', { handleEvent: () => {} }, { once: true })
        source.onerror = () => source.readyState === 2 && resolve(list)
      }),
  )
  expect(got).toEqual(['tick 1 1', 'message two\nlines 2', 'tick 3 3', 'message two\nlines 4'])
  const seen = await records.ended('t=resume')
  expect(only(seen, 'event').map(({ type, data, id }) => `${type} ${data} ${id}`)).toEqual(got)
  expect(only(seen, 'attempt').map(({ state }) => state)).toEqual(['open', 'reconnecting', 'open', 'reconnecting'])
  expect(only(seen, 'note')).toMatchObject([{ note: 'listens-to', detail: 'tick' }])
  expect(first(seen, 'open')).toMatchObject({
    transport: 'eventsource',
    method: 'GET',
    options: { withCredentials: 'false' },
  })
  expect(first(seen, 'end')).toMatchObject({ how: 'error', by: '', readyState: 2 })
})

test('events that the page dispatches itself are none of the connection', async () => {
  const { page, records } = bench()
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const source = new EventSource('/events?t=fake')
        source.dispatchEvent(new MessageEvent('message', { data: 'made up' }))
        source.dispatchEvent(new Event('open'))
        source.onmessage = () => {
          source.dispatchEvent(new MessageEvent('tick', { data: 'made up' }))
          source.dispatchEvent(new Event('error'))
          source.close()
          resolve()
        }
      }),
  )
  const seen = await records.ended('t=fake')
  expect(only(seen, 'event').map(({ data }) => data)).not.toContain('made up')
  expect(only(seen, 'attempt').map(({ state }) => state)).toEqual(['open'])
})

test("a server's events named open and error are events, not the connection's own", async () => {
  const { page, records } = bench()
  await page.evaluate(
    `window.named = new EventSource('/named?t=named'); named.onerror = (event) => { window.sawError = event.data }`,
  )
  const seen = await records.when('t=named', (all) => only(all, 'event').length >= 2)
  expect(only(seen, 'event').slice(0, 2)).toMatchObject([
    { type: 'error', data: 'from the server' },
    { type: 'open', data: 'too' },
  ])
  expect(only(seen, 'attempt').map(({ state }) => state)).toEqual(['open'])
  expect(await page.evaluate('sawError')).toBe('from the server')
})

test('a listener added later is seen from then on', async () => {
  const { page, records } = bench()
  await page.evaluate(`named.addEventListener('late', () => { window.late = (window.late ?? 0) + 1 })`)
  const seen = await records.when('t=named', (all) => only(all, 'event').some(({ type }) => type === 'late'))
  expect(only(seen, 'event').find(({ type }) => type === 'late')?.data).toBe('2')
  await page.evaluate('named.close()')
})

test('close() ends it, with the call that did, and reaches the server', async () => {
  const { page, records, server } = bench()
  await page.evaluate(
    `(() => { const source = new EventSource('/endless?t=close'); source.onmessage = () => { (function leave() { source.close() })(); source.close() } })()`,
  )
  const seen = await records.ended('t=close')
  expect(first(seen, 'end')).toMatchObject({ how: 'cancel', by: 'EventSource.close', readyState: 2 })
  expect(first(seen, 'end').stack).toContain('leave')
  expect(only(seen, 'end')).toHaveLength(1)
  await expect.poll(() => server.closedEarly).toContain('/endless?t=close')
})

test('a refused answer ends it without an attempt', async () => {
  const { page, records } = bench()
  await page.evaluate(`new EventSource('/wrong?t=wrong')`)
  expect(kinds(await records.ended('t=wrong'))).toEqual(['open', 'end'])
})

test('subclasses, statics and errors are the native ones', async () => {
  const { page } = bench()
  const facts = await page.evaluate(() => {
    class Mine extends EventSource {}
    const mine = new Mine('/endless?t=mine')
    mine.close()
    const thrown = (code: () => unknown) => {
      try {
        code()
        return 'nothing'
      } catch (error) {
        return `${(error as Error).name}: ${(error as Error).message}${/content-scripts/.test(String((error as Error).stack)) ? ' with our frames' : ''}`
      }
    }
    return {
      instance: mine instanceof Mine && mine instanceof EventSource && mine.constructor === Mine,
      constructor: EventSource.prototype.constructor === EventSource,
      statics: [EventSource.CONNECTING, EventSource.OPEN, EventSource.CLOSED],
      badUrl: thrown(() => new EventSource('http://')),
      withoutNew: thrown(() => (EventSource as unknown as (url: string) => void)('/x')),
    }
  })
  expect(facts).toEqual({
    instance: true,
    constructor: true,
    statics: [0, 1, 2],
    badUrl:
      "SyntaxError: Failed to construct 'EventSource': Cannot open an EventSource to 'http://'. The URL is invalid.",
    withoutNew:
      "TypeError: Failed to construct 'EventSource': Please use the 'new' operator, this DOM object constructor cannot be called as a function.",
  })
})
