/** The server of the benchmark, in a process of its own so that it takes nothing from the one that measures. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'

export interface LoadServer {
  readonly url: string
  close(): void
}

/** Bytes of one event, with its blank line. */
export const EVENT_BYTES = 150
const WRITE_BYTES = 64 * 1024

/** Starts this file as a process. */
export async function startLoadServer(): Promise<LoadServer> {
  const child = fork(fileURLToPath(import.meta.url))
  const [url] = (await once(child, 'message')) as [string]
  return { url, close: () => child.kill() }
}

/** An event that carries the machine's monotonic clock in ms, the clock that browsers measure by. */
function event(): string {
  const head = `data: ${Number(process.hrtime.bigint()) / 1e6} `
  return `${head.padEnd(EVENT_BYTES - 2, 'x')}\n\n`
}

async function ready(response: ServerResponse, written: boolean): Promise<void> {
  if (written || response.closed) return
  const waiting = new AbortController()
  const { signal } = waiting
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })])
  waiting.abort()
}

/** All events as fast as they are taken, in writes of 64 KB. */
async function burst(response: ServerResponse, count: number): Promise<void> {
  const all = Buffer.from(event().repeat(count))
  for (let at = 0; at < all.length && !response.closed; at += WRITE_BYTES) {
    await ready(response, response.write(all.subarray(at, at + WRITE_BYTES)))
  }
}

/** As `burst`, each event with words of its own: `word0` to `word999` in turn. */
async function words(response: ServerResponse, count: number): Promise<void> {
  const perWrite = Math.ceil(WRITE_BYTES / EVENT_BYTES)
  for (let from = 0; from < count && !response.closed; from += perWrite) {
    let text = ''
    for (let n = from; n < Math.min(count, from + perWrite); n++) {
      text += `${`data: {"n":${n},"text":"word${n % 1000} "`.padEnd(EVENT_BYTES - 3, 'x')}}\n\n`
    }
    await ready(response, response.write(text))
  }
}

/** One write an event, each in a turn of the loop of its own: node joins the writes of one turn. */
async function single(response: ServerResponse, count: number): Promise<void> {
  const one = Buffer.from(event())
  for (let i = 0; i < count && !response.closed; i++) {
    await ready(response, response.write(one))
    await new Promise(setImmediate)
  }
}

/** `count` events, `perSecond` a second, each stamped as it is written. */
async function paced(response: ServerResponse, count: number, perSecond: number): Promise<void> {
  const startMs = performance.now()
  for (let i = 0; i < count && !response.closed; i++) {
    const waitMs = startMs + (i * 1000) / perSecond - performance.now()
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
    response.write(event())
  }
}

async function answer(response: ServerResponse, url: URL): Promise<void> {
  const number = (name: string): number => Number(url.searchParams.get(name))
  const head = (type: string): ServerResponse =>
    response.writeHead(200, {
      'content-type': type,
      'cache-control': 'no-store',
      // An isolated page gets a clock of 5 µs; others one of 100 µs.
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    })
  switch (url.pathname) {
    case '/burst':
      await burst(head('text/event-stream'), number('count'))
      break
    case '/words':
      await words(head('text/event-stream'), number('count'))
      break
    case '/single':
      await single(head('text/event-stream'), number('count'))
      break
    case '/paced':
      await paced(head('text/event-stream'), number('count'), number('rate'))
      break
    case '/json':
      head('application/json').write(`{"n":${number('n')},"name":"one small answer of many","items":[1,2,3]}`)
      break
    default:
      head('text/html').write('<!doctype html><link rel="icon" href="data:,"><title>bench</title><p>bench')
  }
  response.end()
}

if (import.meta.main) {
  const server = createServer((request, response) => void answer(response, new URL(request.url ?? '/', 'http://bench')))
  server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`))
  process.on('disconnect', () => process.exit())
}
