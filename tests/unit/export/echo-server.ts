import { createServer } from 'node:http'
import { connectionFor, type OddRequest } from './odd-requests.ts'

/** A request as it came over the wire. */
export interface Arrived {
  readonly method: string
  readonly target: string
  /** Names in lower case; values as bytes. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: Buffer
}

export async function startEchoServer() {
  const arrived: Arrived[] = []
  const server = createServer({ insecureHTTPParser: false }, (request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { method = '', url: target = '', rawHeaders } = request
      const headers = new Map<string, string>()
      for (let i = 0; i < rawHeaders.length; i += 2) {
        const name = (rawHeaders[i] ?? '').toLowerCase()
        const before = headers.get(name)
        const value = rawHeaders[i + 1] ?? ''
        headers.set(name, before === undefined ? value : `${before}, ${value}`)
      }
      arrived.push({ method, target, headers, body: Buffer.concat(parts) })
      response.setHeader('Connection', 'close')
      response.end('ok\n')
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    port: address.port,
    /** What came since the last call. */
    take: () => arrived.splice(0),
    close: () => new Promise((done) => server.close(done)),
  }
}

/** What makes a request the same, whoever sends it. */
export interface Essence {
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string | readonly (readonly [string, string])[]
}

/** What the browser would have put on the wire, by the standards; written without the code under test. */
export function expectedOf(odd: OddRequest, origin: string): Essence {
  const { open, body } = connectionFor(odd, origin)
  const url = new URL(open.url)
  const headers = new Headers(open.headers.map(([name, value]): [string, string] => [name, value]))
  const carried = new Request('http://x.test/', { method: open.method, headers, ...toInit(odd) })
  const type = carried.headers.get('content-type')
  return {
    method: open.method,
    target: url.pathname + url.search,
    headers: {
      ...Object.fromEntries(carried.headers),
      'content-type': body.kind === 'form' ? undefined : (type ?? undefined),
    },
    body:
      body.kind === 'form'
        ? body.entries.map((entry) => [lines(entry.name), 'value' in entry ? lines(entry.value) : ''] as const)
        : bytesOf(odd).toString('hex'),
  }
}

function toInit(odd: OddRequest): RequestInit {
  const { body } = odd
  if (body?.kind === 'text') return { body: body.text }
  if (body?.kind === 'bytes') return { body: new Blob([bytesOf(odd)], { type: body.type }) }
  return {}
}

function bytesOf({ body }: OddRequest): Buffer<ArrayBuffer> {
  if (body?.kind === 'text') return Buffer.from(body.text.toWellFormed())
  return Buffer.from(body?.kind === 'bytes' ? body.base64 : '', 'base64')
}

/** A form's line ends are CRLF on the wire. */
const lines = (value: string) => value.replace(/\r\n|\r|\n/g, '\r\n')

/** `arrived` with only those headers that `like` speaks of. */
export async function essenceOf({ method, target, headers, body }: Arrived, like: Essence): Promise<Essence> {
  const type = headers.get('content-type')
  const isForm = typeof like.body !== 'string'
  return {
    method,
    target,
    headers: {
      ...Object.fromEntries(Object.keys(like.headers).map((name) => [name, headers.get(name)])),
      'content-type': isForm ? undefined : type,
    },
    body: isForm ? await entriesOf(body, type ?? '') : body.toString('hex'),
  }
}

async function entriesOf(body: Buffer, type: string): Promise<readonly (readonly [string, string])[]> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
  return Array.from(form, ([name, value]) => [name, typeof value === 'string' ? value : ''] as const)
}
