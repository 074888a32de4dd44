import { expect, test } from 'vitest'
import { readRecords } from '../helpers/records.ts'
import { endless, pieces, SSE_HEAD } from '../helpers/stream-server.ts'
import { first, kinds, only, text, useBench } from './setup.ts'

const PARTS = ['data: 1\n\n', 'data: {"zwei": "ü"}\n\n', ': still here\n\ndata: 3\n\n']
const WHOLE = PARTS.join('')
const umlaut = new TextEncoder().encode('data: 日本\n\n')

let release = (): void => {}
const bench = useBench({
  // Its second half comes when `/release` is asked for.
  '/held': (response) => {
    response.writeHead(200, SSE_HEAD)
    response.write('data: 1\n\n')
    release = () => response.end('data: 2\n\n')
  },
  '/release': (response) => {
    release()
    response.end()
  },
  '/sse': pieces(SSE_HEAD, ...PARTS),
  '/endless': endless(),
  '/split': pieces(SSE_HEAD, ...Array.from(umlaut, (byte) => new Uint8Array([byte]))),
  '/invalid': pieces(SSE_HEAD, 'data: ', new Uint8Array([0xff, 0xfe]), ' ok', new Uint8Array([0xe6, 0x97])),
  '/typed': (response, request) => {
    const type = new URL(request.url ?? '', 'http://x').searchParams.get('type')
    response.writeHead(200, type ? { 'content-type': type } : {})
    response.end('{"a":1}\n')
  },
  '/declared': (response) => {
    response.writeHead(200, { 'content-type': 'text/plain', 'x-vercel-ai-ui-message-stream': 'v1' })
    response.end('data: x\n\n')
  },
  '/status': (response) => {
    response.writeHead(503, { 'content-type': 'application/json' })
    response.end('{"error":"busy"}')
  },
  '/moved': (response) => {
    response.writeHead(302, { location: '/sse?moved' })
    response.end()
  },
  '/breaks': (response) => {
    response.writeHead(200, SSE_HEAD)
    response.write('data: 1\n\n')
    setTimeout(() => response.destroy(), 30)
  },
  '/never': () => {},
})

/** Every way a page can read a whole body; each gives the text it got. Runs in the page. */
const READING: Record<string, string> = {
  'a default reader': `const reader = response.body.getReader(); const decoder = new TextDecoder(); let all = ''
    for (;;) { const { done, value } = await reader.read(); if (done) return all; all += decoder.decode(value, { stream: true }) }`,
  'new ReadableStreamDefaultReader': `const reader = new ReadableStreamDefaultReader(response.body); const decoder = new TextDecoder(); let all = ''
    for (;;) { const { done, value } = await reader.read(); if (done) return all; all += decoder.decode(value, { stream: true }) }`,
  'a BYOB reader': `const reader = response.body.getReader({ mode: 'byob' }); const decoder = new TextDecoder(); let all = '', buffer = new ArrayBuffer(7)
    for (;;) { const { done, value } = await reader.read(new Uint8Array(buffer)); if (done) return all; all += decoder.decode(value, { stream: true }); buffer = value.buffer }`,
  'for await': `const decoder = new TextDecoder(); let all = ''; for await (const chunk of response.body) all += decoder.decode(chunk, { stream: true }); return all`,
  pipeThrough: `let all = ''; for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) all += chunk; return all`,
  pipeTo: `let all = ''; const decoder = new TextDecoder(); await response.body.pipeTo(new WritableStream({ write(chunk) { all += decoder.decode(chunk, { stream: true }) } })); return all`,
  'tee, both branches': `const [a, b] = response.body.tee(); const both = await Promise.all([new Response(a).text(), new Response(b).text()]); return both[0] === both[1] ? both[0] : 'differ'`,
  'tee, one branch cancelled': `const [a, b] = response.body.tee(); a.cancel('not needed'); return new Response(b).text()`,
  'clone, both': `const copy = response.clone(); const both = await Promise.all([response.text(), copy.text()]); return both[0] === both[1] ? both[0] : 'differ'`,
  'clone, the copy only': `return response.clone().text()`,
  'text()': `return response.text()`,
  'blob()': `return (await response.blob()).text()`,
  'arrayBuffer()': `return new TextDecoder().decode(await response.arrayBuffer())`,
  'bytes()': `return new TextDecoder().decode(await response.bytes())`,
  'new Response(body)': `return new Response(response.body).text()`,
  'transfer to a worker': `const worker = new Worker(URL.createObjectURL(new Blob(['onmessage = async ({ data }) => postMessage(await new Response(data.deep.stream).text())'])))
    const got = new Promise((resolve) => { worker.onmessage = ({ data }) => resolve(data) }); worker.postMessage({ deep: { stream: response.body } }, [response.body]); return got`,
  structuredClone: `return new Response(structuredClone(response.body, { transfer: [response.body] })).text()`,
  'two readers, one after the other': `const one = response.body.getReader(); const got = await one.read(); one.releaseLock(); const two = response.body.getReader(); let all = new TextDecoder().decode(got.value)
    for (;;) { const { done, value } = await two.read(); if (done) return all; all += new TextDecoder().decode(value) }`,
}

test.for(Object.entries(READING))(
  '%s: the page gets all, and so do the records, once and in order',
  async ([name, body]) => {
    const { page, records, server } = bench()
    const tag = `t=${encodeURIComponent(name)}`
    const got = await page.evaluate(
      `(async () => { const response = await fetch('${server.url}sse?${tag}'); ${body} })()`,
    )
    const seen = await records.ended(tag)
    expect(got).toBe(WHOLE)
    expect(text(seen)).toBe(WHOLE)
    expect(only(seen, 'chunk').reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)).toBe(Buffer.byteLength(WHOLE))
    expect(first(seen, 'end')).toMatchObject({ how: 'done', by: '', reason: null, signal: null })
    expect(kinds(seen).filter((kind) => kind === 'open' || kind === 'head' || kind === 'end')).toEqual([
      'open',
      'head',
      'end',
    ])
    const times = seen.map(({ atMs }) => atMs)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  },
)

test.for(['a default reader', 'for await', 'pipeTo', 'text()', 'transfer to a worker'])(
  '%s: a chunk is recorded when it comes, not when the rest does',
  async (name) => {
    const { page, records, server } = bench()
    const tag = `t=live-${encodeURIComponent(name)}`
    const got = page.evaluate(
      `(async () => { const response = await fetch('${server.url}held?${tag}'); ${READING[name]} })()`,
    )
    const early = await records.when(tag, (seen) => only(seen, 'chunk').length > 0)
    expect(text(early)).toBe('data: 1\n\n')
    await fetch(`${server.url}release`)
    expect(await got).toBe('data: 1\n\ndata: 2\n\n')
    const chunks = only(await records.ended(tag), 'chunk')
    expect(chunks.map((chunk) => chunk.text)).toEqual(['data: 1\n\n', 'data: 2\n\n'])
  },
)

const LEAVING: Record<string, [body: string, by: string, reason: unknown]> = {
  'reader.cancel': [
    `const reader = response.body.getReader(); await reader.read(); await reader.cancel('enough')`,
    'reader.cancel',
    { type: 'string', text: 'enough' },
  ],
  'BYOB reader.cancel': [
    `const reader = response.body.getReader({ mode: 'byob' }); await reader.read(new Uint8Array(9)); await reader.cancel(new TypeError('no'))`,
    'reader.cancel',
    { type: 'Error', name: 'TypeError', text: 'no' },
  ],
  'body.cancel': [`await response.body.cancel({ code: 7 })`, 'body.cancel', { type: 'object', text: '{ code: 7 }' }],
  break: [`for await (const chunk of response.body) break`, 'leaving for await', { type: 'undefined' }],
  'a throw in for await': [
    `try { for await (const chunk of response.body) throw new Error('x') } catch {}`,
    'leaving for await',
    { type: 'undefined' },
  ],
  'a cancelled pipe': [
    `const reader = response.body.pipeThrough(new TextDecoderStream()).getReader(); await reader.read(); await reader.cancel('gone')`,
    'reader.cancel → pipeThrough()',
    { type: 'string', text: 'gone' },
  ],
  'a pipe whose sink fails': [
    `await response.body.pipeTo(new WritableStream({ write() { throw new Error('full') } })).catch(() => {})`,
    'pipeTo()',
    { type: 'Error', text: 'full' },
  ],
  'both branches of a tee': [
    `const [a, b] = response.body.tee(); await Promise.all([a.cancel('a'), b.cancel('b')])`,
    'body.cancel',
    { type: 'string', text: 'b' },
  ],
}

test.for(Object.entries(LEAVING))(
  'leaving by %s reaches the server and is recorded with its reason',
  async ([name, [body, by, reason]]) => {
    const { page, records, server } = bench()
    const tag = `t=${encodeURIComponent(name)}`
    await page.evaluate(`(async () => { const response = await fetch('/endless?${tag}'); ${body} })()`)
    const seen = await records.ended(tag)
    expect(first(seen, 'end')).toMatchObject({ how: 'cancel', by, reason })
    await expect.poll(() => server.closedEarly).toContain(`/endless?${tag}`)
  },
)

const ABORTING: Record<string, [code: string, reason: object]> = {
  'abort(string) while reading': [
    `const response = await fetch(url, { signal }); const reader = response.body.getReader(); await reader.read(); controller.abort('user pressed stop'); return reader.read()`,
    { type: 'string', text: 'user pressed stop' },
  ],
  'abort() while nothing reads': [
    `const response = await fetch(url, { signal }); controller.abort()`,
    { type: 'DOMException', name: 'AbortError' },
  ],
  'abort(object) of a Request': [
    `const response = await fetch(new Request(url, { signal })); controller.abort({ who: 'router' })`,
    { type: 'object', text: '{ who: "router" }' },
  ],
  'AbortSignal.any': [
    `const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(60000)]) }); controller.abort(new Error('any'))`,
    { type: 'Error', text: 'any' },
  ],
  'AbortSignal.timeout': [
    `const response = await fetch(url, { signal: AbortSignal.timeout(60) }); return response.text()`,
    { type: 'DOMException', name: 'TimeoutError' },
  ],
  'before the call': [
    `controller.abort('early'); await fetch(url + '&stream=true', { signal })`,
    { type: 'string', text: 'early' },
  ],
  'before the head': [
    `setTimeout(() => controller.abort('impatient'), 20); await fetch(url.replace('endless', 'never') + '&stream=true', { signal })`,
    { type: 'string', text: 'impatient' },
  ],
}

test.for(Object.entries(ABORTING))('%s: the records hold the signal and its reason', async ([name, [code, reason]]) => {
  const { page, records } = bench()
  const tag = `t=${encodeURIComponent(name)}`
  await page.evaluate(
    `(async () => { const url = '/endless?${tag}', controller = new AbortController(), { signal } = controller; ${code} })().catch(() => {})`,
  )
  const end = first(await records.ended(tag), 'end')
  expect(end.signal).toMatchObject(reason)
  expect(['abort', 'error']).toContain(end.how)
})

test("an abort's call stack names the page's call", async () => {
  const { page, records } = bench()
  await page.evaluate(
    `(async () => { const c = new AbortController(); const response = await fetch('/endless?t=stack', { signal: c.signal }); const pressStop = () => c.abort('x'); pressStop() })()`,
  )
  const seen = await records.ended('t=stack')
  expect(first(seen, 'end').stack.split('\n')[0]).toContain('pressStop')
  expect(first(seen, 'open').stack).not.toContain('content-scripts')
})

test('a character split over chunks comes out whole, and bytes that are no UTF-8 are kept as bytes', async () => {
  const { page, records } = bench()
  expect(await page.evaluate(`fetch('/split').then((response) => response.text())`)).toBe('data: 日本\n\n')
  const split = await records.ended('/split')
  expect(text(split)).toBe('data: 日本\n\n')
  expect(only(split, 'chunk').every(({ raw }) => raw === undefined)).toBe(true)

  const got = await page.evaluate(`fetch('/invalid').then((response) => response.text())`)
  const invalid = await records.ended('/invalid')
  expect(got).toBe('data: \ufffd\ufffd ok\ufffd')
  expect(text(invalid)).toBe(got)
  const raw = Buffer.concat(
    only(invalid, 'chunk').map((chunk) =>
      Buffer.from(chunk.raw ?? chunk.text, chunk.raw === undefined ? 'utf8' : 'base64'),
    ),
  )
  expect(raw).toEqual(
    Buffer.concat([Buffer.from('data: '), Buffer.from([0xff, 0xfe]), Buffer.from(' ok'), Buffer.from([0xe6, 0x97])]),
  )
})

test('what declares itself a stream is one; nothing else is looked into', async () => {
  const { page, records, server } = bench()
  const types = [
    'text/event-stream;charset=utf-8',
    'application/x-ndjson',
    'application/jsonl',
    'application/json-seq',
    'application/stream+json',
    'application/json',
    'text/plain',
    'text/html',
    '',
  ]
  for (const type of types)
    await page.evaluate(
      (url) => fetch(url).then((response) => response.text()),
      `${server.url}typed?type=${encodeURIComponent(type)}`,
    )
  const asking: [string, { method?: string; headers?: Record<string, string>; body?: string }][] = [
    ['asked=accept', { headers: { Accept: 'text/event-stream' } }],
    ['asked=body', { method: 'POST', body: '{"model":"m", "stream" : true}' }],
    ['asked=no', { method: 'POST', body: '{"stream":false,"note":"stream"}' }],
    ['stream=true', {}],
    ['alt=sse', {}],
  ]
  for (const [query, init] of asking)
    await page.evaluate(([url, options]) => fetch(url, options).then((response) => response.text()), [
      `${server.url}typed?type=application/json&${query}`,
      init,
    ] as const)
  await page.evaluate(`fetch('/declared').then((response) => response.text())`)
  await records.ended('/declared')
  const opened = only(await records.all(), 'open').filter(({ url }) => url.includes('/typed'))
  expect(opened.map(({ url }) => decodeURIComponent(url.split('?type=')[1] ?? ''))).toEqual([
    ...types.slice(0, 5),
    'application/json&asked=accept',
    'application/json&asked=body',
    'application/json&stream=true',
    'application/json&alt=sse',
  ])
})

test('the request is recorded as the page gave it', async () => {
  const { page, records, server } = bench()
  const send = async (tag: string, init: string) => {
    await page.evaluate(`fetch('${server.url}sse?t=${tag}', ${init}).then((response) => response.text())`)
    return first(await records.ended(`t=${tag}`), 'open')
  }
  expect(
    await send(
      'plain',
      `{ method: 'post', credentials: 'include', headers: { 'X-A': 'b', Authorization: 'Bearer t' }, body: '{"stream":true}' }`,
    ),
  ).toMatchObject({
    method: 'POST',
    transport: 'fetch',
    headers: [
      ['X-A', 'b'],
      ['Authorization', 'Bearer t'],
    ],
    body: { kind: 'text', text: '{"stream":true}', sizeBytes: 15, cut: false },
    options: { credentials: 'include' },
    asked: '"stream": true in the body',
  })
  expect(
    await send(
      'init',
      `new Request('${server.url}sse?t=x', { method: 'PUT', headers: [['x-c', 'd']], body: 'text' }) && { method: 'PUT', headers: new Headers({ 'x-c': 'd' }), body: new URLSearchParams({ a: '1 2' }) }`,
    ),
  ).toMatchObject({
    method: 'PUT',
    headers: [['x-c', 'd']],
    body: { kind: 'text', text: 'a=1+2' },
  })
  expect(
    await send(
      'form',
      `{ method: 'POST', body: (() => { const form = new FormData(); form.append('name', 'v'); form.append('file', new File(['12345'], 'a.txt', { type: 'text/plain' })); return form })() }`,
    ),
  ).toMatchObject({
    body: {
      kind: 'form',
      entries: [
        { name: 'name', value: 'v' },
        { name: 'file', fileName: 'a.txt', type: 'text/plain', sizeBytes: 5 },
      ],
    },
  })
  expect(await send('buffer', `{ method: 'POST', body: new Uint8Array([1, 2, 255]).subarray(1) }`)).toMatchObject({
    body: { kind: 'bytes', base64: Buffer.from([2, 255]).toString('base64'), sizeBytes: 2, cut: false },
  })
  expect(await send('huge', `{ method: 'POST', body: 'x'.repeat(300000) }`)).toMatchObject({
    body: { kind: 'text', sizeBytes: 300_000, cut: true },
  })
  await page.evaluate(
    `fetch(new Request('/sse?t=made', { method: 'POST', body: '{"from":"Request"}' })).then((response) => response.text())`,
  )
  expect(first(await records.ended('t=made'), 'open').body).toMatchObject({ text: '{"from":"Request"}' })
  await page.evaluate(
    `fetch('/sse?t=a-blob', { method: 'POST', body: new Blob(['blob!'], { type: 'text/x' }) }).then((response) => response.text())`,
  )
  const blob = await records.when('t=a-blob', (seen) => seen.some(({ k }) => k === 'body'))
  expect(first(blob, 'body').body).toEqual({
    kind: 'bytes',
    base64: Buffer.from('blob!').toString('base64'),
    sizeBytes: 5,
    cut: false,
    type: 'text/x',
  })
})

test('the answer is recorded with its head; redirects and errors too', async () => {
  const { page, records } = bench()
  await page.evaluate(`fetch('/moved').then((response) => response.text())`)
  const moved = first(await records.ended('/moved'), 'head')
  expect(moved).toMatchObject({
    status: 200,
    redirected: true,
    type: 'basic',
    declared: 'Content-Type: text/event-stream',
  })
  expect(moved.url).toContain('/sse?moved')
  expect(moved.headers).toContainEqual(['content-type', 'text/event-stream'])
  await page.evaluate(`fetch('/status?stream=true').then((response) => response.json())`)
  const busy = await records.ended('/status')
  expect(first(busy, 'head')).toMatchObject({ status: 503, declared: '' })
  expect(text(busy)).toBe('{"error":"busy"}')
})

test('a connection that breaks, and one that never came to be', async () => {
  const { page, records } = bench()
  await page.evaluate(`fetch('/breaks').then((response) => response.text()).catch(() => {})`)
  expect(first(await records.ended('/breaks'), 'end')).toMatchObject({
    how: 'error',
    signal: null,
    reason: { type: 'Error', name: 'TypeError' },
  })
  await page.evaluate(`fetch('http://127.0.0.1:1/?stream=true').catch(() => {})`)
  expect(kinds(await records.ended('127.0.0.1:1'))).toEqual(['open', 'end'])
})

test('a body that the page does not read stays unread', async () => {
  const { page, records } = bench()
  await page.evaluate(`(async () => { window.unread = await fetch('/endless?t=unread') })()`)
  await page.evaluate(`(async () => { const response = await fetch('/sse?t=after'); await response.text() })()`)
  await records.ended('t=after')
  expect(kinds(await records.when('t=unread', (seen) => seen.length > 1))).toEqual(['open', 'head'])
  expect(await page.evaluate(`[unread.bodyUsed, unread.body.locked]`)).toEqual([false, false])
})

test('promises that the page froze behave as others do', async () => {
  const { page } = bench()
  const facts = await page.evaluate(`(async () => {
    const reported = []
    window.addEventListener('unhandledrejection', (event) => { event.preventDefault(); reported.push(event.promise === unhandled) })
    const response = await Object.freeze(fetch('/sse?frozen'))
    const reader = response.body.getReader()
    const { value } = await Object.freeze(reader.read())
    const caught = await Object.freeze(fetch('http://127.0.0.1:1/')).then(() => 'no error', ({ name }) => name)
    const unhandled = Object.freeze(fetch('http://127.0.0.1:1/'))
    while (reported.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    return { bytes: value.length > 0, caught, reported, constructor: unhandled.constructor === Promise }
  })()`)
  expect(facts).toEqual({ bytes: true, caught: 'TypeError', reported: [true], constructor: true })
})

test('the URL is the one that was fetched, whatever it was given as', async () => {
  const { page, records, server } = bench()
  const fetched = async (given: string, tag: string, init = ''): Promise<string> => {
    await page.evaluate(`fetch(${given}${init}).then((response) => response.text())`)
    return first(await records.ended(`t=${tag}`), 'open').url
  }
  expect(await fetched(`new URL('/sse?t=url', location)`, 'url')).toBe(`${server.url}sse?t=url`)
  expect(await fetched(`{ toString: () => '/sse?t=object' }`, 'object')).toBe(`${server.url}sse?t=object`)
  await page.evaluate(`history.replaceState(null, '', '/?t=location')`)
  expect(await fetched('location', 'location', `, { headers: { accept: 'text/event-stream' } }`)).toBe(
    `${server.url}?t=location`,
  )
  await page.evaluate(`history.replaceState(null, '', '/?t=empty#part')`)
  expect(await fetched(`''`, 'empty', `, { headers: { accept: 'text/event-stream' } }`)).toBe(`${server.url}?t=empty`)
  await page.evaluate(`history.replaceState(null, '', '/')`)
})

test('an abort event that the page dispatches itself aborts nothing', async () => {
  const { page, records } = bench()
  await page.evaluate(`(async () => {
    const { signal } = new AbortController()
    const response = await fetch('/sse?t=fake', { signal })
    signal.dispatchEvent(new Event('abort'))
    await response.text()
  })()`)
  const seen = await records.ended('t=fake')
  expect(first(seen, 'end').how).toBe('done')
  expect(text(seen)).toBe(WHOLE)
})

test('requests that ask for a stream are known by their query or body, and by that alone', async () => {
  const { page, records } = bench()
  const asked = async (url: string, body: string | null): Promise<string> => {
    await page.evaluate(
      ([to, sent]) =>
        fetch(to, sent === null ? {} : { method: 'POST', body: sent }).then((response) => response.text()),
      [url, body] as const,
    )
    await page.evaluate(`fetch('/sse?fence=${encodeURIComponent(url)}').then((response) => response.text())`)
    await records.ended(`fence=${encodeURIComponent(url)}`)
    return only(await records.all(), 'open').find((open) => open.url.includes(url))?.asked ?? ''
  }
  expect(await asked('/status?stream=true&q=1', null)).toBe('stream=true in the URL')
  expect(await asked('/status?q=2&alt=sse', null)).toBe('alt=sse in the URL')
  expect(await asked('/status?upstream=true&q=3', null)).toBe('')
  expect(await asked('/status?stream=trueish&q=4', null)).toBe('')
  expect(await asked('/status?q=5', '{"a":"stream","stream" :\n true}')).toBe('"stream": true in the body')
  expect(await asked('/status?q=6', '{"stream":truest}')).toBe('')
  expect(await asked('/status?q=7', '{"stream":false}')).toBe('')
})

// Last: a reader for another page takes the place of the one that all others use.
test('chunks are recorded, too, when the page reads with `next` of an iterator it had before', async () => {
  const { chromium, server } = bench()
  // A document that has not had a stream yet.
  const page = await chromium.newPage(`${server.url}?fresh`)
  const records = await readRecords(chromium.context, chromium.extensionId, page)
  await page.evaluate(`(async () => {
    const { next } = Object.getPrototypeOf(new Response('x').body.values())
    const iterator = (await fetch('/sse?t=next')).body.values()
    while (!(await next.call(iterator)).done);
  })()`)
  expect(text(await records.ended('t=next'))).toBe(WHOLE)
  await page.close()
})
