/** What a request costs: entries, requests, headers on the wire, memory. */
import { pause, type Json } from '../page/facts.ts'
import type { World } from '../page/world.ts'

export async function timingEntries(world: World): Promise<Json> {
  performance.clearResourceTimings()
  const response = await fetch(world.url('/sse', { key: 'fetch' }))
  await response.text()
  const source = new EventSource(world.url('/sse', { key: 'source', retry: '100000' }))
  await new Promise((resolve) => (source.onerror = resolve))
  source.close()
  const xhr = new XMLHttpRequest()
  xhr.open('GET', world.url('/sse', { key: 'xhr' }))
  await new Promise((resolve) => {
    xhr.onloadend = resolve
    xhr.send()
  })
  const copied = await fetch(world.url('/sse', { key: 'clone' }))
  await Promise.all([copied.clone().text(), copied.text()])
  await pause(50)
  const entries = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/sse'))
  return entries.map((entry) => {
    const { name, initiatorType, nextHopProtocol, responseStatus, decodedBodySize, encodedBodySize, contentType } =
      entry as PerformanceResourceTiming & { responseStatus: number; contentType: string }
    return [
      /key=(\w+)/.exec(name)?.[1] ?? name,
      initiatorType,
      nextHopProtocol,
      responseStatus,
      decodedBodySize,
      encodedBodySize,
      contentType,
    ] as Json
  })
}

export async function headersOnTheWire(world: World): Promise<Json> {
  const url = (key: string) => world.url('/plain', { key })
  await fetch(url('plain'))
  await fetch(url('accept'), { headers: { accept: 'text/event-stream', 'x-probe': 'a, b' } })
  await fetch(url('post'), {
    method: 'POST',
    body: '{"stream":true}',
    headers: { 'content-type': 'application/json', authorization: 'Bearer x' },
  })
  await fetch(url('form'), { method: 'POST', body: new URLSearchParams('a=1') })
  await fetch(url('blob'), { method: 'PUT', body: new Blob(['x'], { type: 'text/event-stream' }) })
  await fetch(
    new Request(url('request'), {
      method: 'POST',
      body: new Uint8Array(3),
      cache: 'reload',
      referrerPolicy: 'no-referrer',
    }),
  )
  await fetch(url('priority'), { priority: 'low', credentials: 'omit', referrer: '' })
  const source = new EventSource(url('source'))
  await new Promise((resolve) => (source.onmessage = resolve))
  source.close()
  const xhr = new XMLHttpRequest()
  xhr.open('POST', url('xhr'))
  await new Promise((resolve) => {
    xhr.onloadend = resolve
    xhr.send('x')
  })
  await pause(30)
  return world.wire()
}

/** A page that has streamed 200 MB holds on to none of it. */
export async function memoryAfterStreaming(world: World): Promise<Json> {
  const facts: Json[] = []
  for (const how of ['reader', 'iteration', 'pipe'] as const) {
    const { body } = await fetch(world.url('/flood', { mb: how === 'reader' ? '120' : '40' }))
    if (body === null) return 'no body'
    let bytes = 0
    if (how === 'reader') {
      const reader = body.getReader()
      for (let read = await reader.read(); !read.done; read = await reader.read()) bytes += read.value.length
    } else if (how === 'iteration') for await (const chunk of body) bytes += chunk.length
    else await body.pipeTo(new WritableStream({ write: (chunk) => void (bytes += chunk.length) }))
    facts.push(bytes)
  }
  world.bound('memory after 200 MB', await world.memory())
  return facts
}

export async function oneRequestEach(world: World): Promise<Json> {
  const response = await fetch(world.url('/sse', { key: 'a' }), { method: 'POST', body: '{"stream":true}' })
  const copy = response.clone()
  await Promise.all([response.text(), copy.text()])
  await (await fetch(world.cross('/plain', { key: 'b' }), { headers: { 'x-probe': '1' } })).text()
  const xhr = new XMLHttpRequest()
  xhr.open('GET', world.url('/sse', { key: 'c' }))
  await new Promise((resolve) => {
    xhr.onloadend = resolve
    xhr.send()
  })
  return (await world.seen()).map(({ method, key, body }) => [method, key, body])
}

/** The journal is bounded: many streams, all kept by the page, cost no more than natively. */
export async function memoryOfManyStreams(world: World): Promise<Json> {
  let bytes = 0
  for (let round = 0; round < 60; round += 1)
    bytes += (await (await fetch(world.url('/flood', { mb: '1' }))).text()).length
  world.bound('memory after 60 answers', await world.memory())
  return bytes
}
