import { expect, test } from 'vitest'
import { endless, pieces, SSE_HEAD } from '../helpers/stream-server.ts'
import { first, kinds, only, text, useBench } from './setup.ts'

const PARTS = ['data: 1\n\n', 'data: ü\n\n', 'data: 3\n\n']
const bench = useBench({
  '/sse': pieces(SSE_HEAD, ...PARTS),
  '/slow': async (response) => {
    response.writeHead(200, SSE_HEAD)
    for (const part of PARTS) {
      response.write(part)
      // Chromium dispatches progress at most every 50 ms.
      await new Promise((resolve) => setTimeout(resolve, 80))
    }
    response.end()
  },
  '/endless': endless(),
  '/json': pieces({ 'content-type': 'application/json' }, '{}'),
  '/breaks': (response) => {
    response.writeHead(200, SSE_HEAD)
    response.write('data: 1\n\n')
    setTimeout(() => response.destroy(), 100)
  },
})

/** Sends one XHR in the page and gives its text, or the name of the event that ended it. */
const xhr = (url: string, during = '', method = 'GET', body = 'null'): string => `new Promise((resolve) => {
  const xhr = new XMLHttpRequest(); xhr.open('${method}', '${url}'); ${during}
  xhr.onload = () => resolve(xhr.responseType === '' ? xhr.responseText : xhr.response); xhr.onerror = xhr.onabort = xhr.ontimeout = ({ type }) => resolve(type); xhr.send(${body}) })`

test('text is recorded as it comes, whether the page reads it meanwhile or not', async () => {
  const { page, records } = bench()
  for (const [tag, during] of [
    ['reads', 'xhr.onprogress = () => { window.length = xhr.responseText.length }'],
    ['waits', ''],
  ] as const) {
    expect(await page.evaluate(xhr(`/slow?t=${tag}`, during))).toBe(PARTS.join(''))
    const seen = await records.ended(`t=${tag}`)
    expect(text(seen)).toBe(PARTS.join(''))
    expect(only(seen, 'chunk').length).toBeGreaterThan(1)
    expect(only(seen, 'chunk').reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)).toBe(
      Buffer.byteLength(PARTS.join('')),
    )
    expect(first(seen, 'end')).toMatchObject({ how: 'done', readyState: 4 })
    expect(kinds(seen).filter((kind) => kind !== 'chunk')).toEqual(['open', 'head', 'end'])
  }
})

test('the request is recorded as the page made it', async () => {
  const { page, records } = bench()
  await page.evaluate(
    xhr(
      '/sse?t=post',
      `xhr.setRequestHeader('X-A', 'b'); xhr.withCredentials = true; xhr.timeout = 9000`,
      'post',
      `'{"stream":true}'`,
    ),
  )
  const seen = await records.ended('t=post')
  expect(first(seen, 'open')).toMatchObject({
    transport: 'xhr',
    method: 'POST',
    headers: [['X-A', 'b']],
    body: { kind: 'text', text: '{"stream":true}' },
    options: { withCredentials: 'true', timeout: '9000' },
  })
  expect(first(seen, 'head')).toMatchObject({ status: 200, statusText: 'OK' })
  expect(first(seen, 'head').headers).toContainEqual(['content-type', 'text/event-stream'])
})

test('abort, timeout and a broken connection end it as what they are', async () => {
  const { page, records, server } = bench()
  expect(await page.evaluate(xhr('/endless?t=abort', 'xhr.onprogress = function stop() { xhr.abort() }'))).toBe('abort')
  const aborted = first(await records.ended('t=abort'), 'end')
  expect(aborted).toMatchObject({ how: 'cancel', by: 'XMLHttpRequest.abort' })
  expect(aborted.stack).toContain('stop')
  await expect.poll(() => server.closedEarly).toContain('/endless?t=abort')
  expect(await page.evaluate(xhr('/endless?t=timeout', 'xhr.timeout = 150'))).toBe('timeout')
  expect(first(await records.ended('t=timeout'), 'end')).toMatchObject({ how: 'timeout', by: '' })
  expect(await page.evaluate(xhr('/breaks?t=breaks'))).toBe('error')
  expect(first(await records.ended('t=breaks'), 'end')).toMatchObject({ how: 'error' })
})

test('an XHR used again ends what it was doing, and both are recorded', async () => {
  const { page, records } = bench()
  await page.evaluate(
    `new Promise((resolve) => { const xhr = new XMLHttpRequest(); xhr.open('GET', '/endless?t=first'); xhr.onprogress = () => { xhr.onprogress = null; xhr.open('GET', '/sse?t=second'); xhr.onload = resolve; xhr.send() }; xhr.send() })`,
  )
  expect(first(await records.ended('t=first'), 'end')).toMatchObject({ how: 'cancel', by: 'XMLHttpRequest.open' })
  expect(text(await records.ended('t=second'))).toBe(PARTS.join(''))
})

test('an XHR used again by the listener that is told of its end has ended, with all its text', async () => {
  const { page, records } = bench()
  for (const [tag, listener, condition] of [
    ['polled', 'onload', 'true'],
    ['stated', 'onreadystatechange', 'xhr.readyState === 4'],
  ] as const) {
    await page.evaluate(
      `new Promise((resolve) => { const xhr = new XMLHttpRequest(); let polls = 0
        const poll = () => { xhr.open('GET', '/sse?t=${tag}' + ++polls); xhr.send() }
        xhr.${listener} = () => { if (!(${condition})) return; if (polls < 3) poll(); else resolve() }
        poll() })`,
    )
    for (const poll of [1, 2, 3]) {
      const seen = await records.ended(`t=${tag}${poll}`)
      expect(first(seen, 'end')).toMatchObject({ how: 'done', by: '', readyState: 4 })
      expect(text(seen)).toBe(PARTS.join(''))
    }
  }
})

test('a connection that broke ended as an error, also when its XHR is used again at once', async () => {
  const { page, records } = bench()
  await page.evaluate(
    `new Promise((resolve) => { const xhr = new XMLHttpRequest(); xhr.open('GET', '/breaks?t=broke')
      xhr.onreadystatechange = () => { if (xhr.readyState !== 4) return; xhr.onreadystatechange = null; xhr.open('GET', '/sse?t=retried'); xhr.onload = resolve; xhr.send() }
      xhr.send() })`,
  )
  expect(first(await records.ended('t=broke'), 'end')).toMatchObject({ how: 'error', by: '' })
  expect(first(await records.ended('t=retried'), 'end')).toMatchObject({ how: 'done' })
})

test('the URL is the one that was opened, whatever it was given as', async () => {
  const { page, records, server } = bench()
  await page.evaluate(xhr(`/sse?t=string`).replace(`'/sse?t=string'`, `new URL('/sse?t=url', location)`))
  expect(first(await records.ended('t=url'), 'open').url).toBe(`${server.url}sse?t=url`)
  const object = `{ toString: () => '/sse?t=object' }`
  await page.evaluate(xhr(`/sse?t=string`).replace(`'/sse?t=string'`, object))
  expect(first(await records.ended('t=object'), 'open').url).toBe(`${server.url}sse?t=object`)
})

test('events that the page dispatches itself are none of the connection', async () => {
  const { page, records } = bench()
  await page.evaluate(
    xhr(
      '/slow?t=fake',
      `xhr.onprogress = () => { xhr.onprogress = null; xhr.dispatchEvent(new Event('error')) }`,
    ).replace('xhr.onerror =', ''),
  )
  const seen = await records.ended('t=fake')
  expect(first(seen, 'end').how).toBe('done')
  expect(text(seen)).toBe(PARTS.join(''))
})

test('a responseType without text is said, and its answer is left alone', async () => {
  const { page, records } = bench()
  expect(
    await page.evaluate(
      `${xhr('/sse?t=buffer', `xhr.responseType = 'arraybuffer'`)}.then((buffer) => buffer.byteLength)`,
    ),
  ).toBe(Buffer.byteLength(PARTS.join('')))
  const seen = await records.ended('t=buffer')
  expect(only(seen, 'note')).toMatchObject([{ note: 'no-text-until-end', detail: 'arraybuffer' }])
  expect(first(seen, 'end').how).toBe('done')
})

test('an XHR that is no stream is not recorded', async () => {
  const { page, records } = bench()
  await page.evaluate(xhr('/json?t=plain'))
  await page.evaluate(xhr('/sse?t=fence'))
  await records.ended('t=fence')
  expect(only(await records.all(), 'open').some(({ url }) => url.includes('t=plain'))).toBe(false)
})
