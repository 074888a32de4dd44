/** What an ordinary page does with streams; each result is what the page got, as JSON. */
import { brief, describe, pause, type Json } from '../conformance/page/facts.ts'
import type { World } from '../conformance/page/world.ts'

/** Kept from before anything is poisoned: the test's own tools must go on working. */
const decode = TextDecoder.prototype.decode
const listen = EventTarget.prototype.addEventListener
const now = performance.now.bind(performance)
const callOn = Function.prototype.call.bind(Function.prototype.call) as (
  method: unknown,
  self: unknown,
  ...all: unknown[]
) => unknown

const tried = async (act: () => Promise<Json>): Promise<Json> => {
  try {
    return await act()
  } catch (error) {
    return ['failed', brief(error)]
  }
}

async function readAll(body: ReadableStream<Uint8Array> | null): Promise<Json> {
  const reader = body?.getReader()
  let text = ''
  for (;;) {
    const result = await reader?.read()
    if (result === undefined || result.done) return text
    text += callOn(decode, new TextDecoder(), result.value) as string
  }
}

/** Streams by fetch, EventSource and XHR, to the end and not to the end; with the server's view of it. */
export async function useStreams(world: World, round: string): Promise<Json> {
  const facts: Record<string, Json> = {}
  facts['reader'] = await tried(async () => readAll((await fetch(world.url('/sse', { key: `${round} reader` }))).body))
  facts['post'] = await tried(async () => {
    const response = await fetch(world.url('/sse', { key: `${round} post` }), {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
      body: '{"stream":true}',
    })
    return [
      response.url === world.url('/sse', { key: `${round} post` }),
      response.type,
      response.status,
      response.bodyUsed,
      await response.text(),
    ]
  })
  facts['plain'] = await tried(
    async () =>
      (
        await fetch(world.url('/plain', { type: 'application/json', body: '[1]', key: `${round} plain` }))
      ).json() as Promise<Json>,
  )
  facts['iterated'] = await tried(async () => {
    let bytes = 0
    const { body } = await fetch(world.url('/sse', { key: `${round} iterated` }))
    if (body !== null) for await (const chunk of body) bytes += chunk.length
    return bytes
  })
  facts['piped'] = await tried(async () => {
    const reader = (await fetch(world.url('/sse', { key: `${round} piped` }))).body
      ?.pipeThrough(new TextDecoderStream())
      .getReader()
    let text = ''
    for (;;) {
      const result = await reader?.read()
      if (result === undefined || result.done) return text
      text += result.value
    }
  })
  facts['cloned'] = await tried(async () => {
    const response = await fetch(world.url('/sse', { key: `${round} cloned` }))
    const copy = response.clone()
    return [await response.text(), await copy.text()]
  })
  facts['cancelled'] = await tried(async () => {
    const stream = world.stream(`${round} cancelled`)
    const reader = (await fetch(stream.url)).body?.getReader()
    await stream.push('data: 1\n\n')
    await reader?.read()
    const since = now()
    void reader?.cancel('enough')
    return world.closes(`${round} cancelled`, since)
  })
  facts['aborted'] = await tried(async () => {
    const control = new AbortController()
    const stream = world.stream(`${round} aborted`)
    const reader = (await fetch(stream.url, { signal: control.signal })).body?.getReader()
    const pending = reader?.read()
    control.abort(new RangeError('mine'))
    const got = await pending?.then(describe, brief)
    return [got ?? null, await world.closes(`${round} aborted`, now())]
  })
  facts['bad'] = await tried(async () => describe((await fetch('http://')).status))
  facts['source'] = await tried(async () => {
    const log: Json[] = []
    const source = new EventSource(world.url('/sse', { key: `${round} source`, end: 'open' }))
    await new Promise<void>((resolve) => {
      source.onopen = () => (log[log.length] = 'open')
      callOn(listen, source, 'message', (event: MessageEvent) => {
        log[log.length] = [String(event.data), event.lastEventId, event.isTrusted]
        if (log.length === 4) resolve()
      })
    })
    source.close()
    return [log, source.readyState]
  })
  facts['xhr'] = await tried(async () => {
    const xhr = new XMLHttpRequest()
    const log: string[] = []
    xhr.open('POST', world.url('/sse', { key: `${round} xhr` }))
    xhr.onprogress = () => (log[0] = 'progress')
    await new Promise((resolve) => {
      xhr.onloadend = resolve
      xhr.send('{"stream":true}')
    })
    return [log, xhr.status, xhr.responseText, xhr.readyState]
  })
  await pause(20)
  return facts
}
