import { fetchEventSource } from '@microsoft/fetch-event-source'
import { chatRequest } from './chat-request.ts'
import type { Write } from './output.ts'

const STREAM_HEADERS = { Accept: 'text/event-stream' }
const BYOB_BYTES = 4096

export async function readByFetchEventSource(url: string, write: Write): Promise<void> {
  await fetchEventSource(url, {
    ...chatRequest('demo-token', 'Which library reads an event stream that was asked for by POST?'),
    openWhenHidden: true,
    onmessage: ({ data }) => write(`${data}\n`),
    onerror(error) {
      // The library tries again unless this throws.
      throw error
    },
  })
}

export async function readByAsyncIteration(url: string, write: Write): Promise<void> {
  const decoder = new TextDecoder()
  for await (const chunk of await bodyOf(url)) write(decoder.decode(chunk, { stream: true }))
  write(decoder.decode())
}

export async function readThroughTextDecoder(url: string, write: Write): Promise<void> {
  await readTexts((await bodyOf(url)).pipeThrough(new TextDecoderStream()), write)
}

export async function readIntoOwnBuffers(url: string, write: Write): Promise<void> {
  const reader = (await bodyOf(url)).getReader({ mode: 'byob' })
  const decoder = new TextDecoder()
  let buffer = new ArrayBuffer(BYOB_BYTES)
  for (;;) {
    const { done, value } = await reader.read(new Uint8Array(buffer))
    if (value !== undefined) {
      write(decoder.decode(value, { stream: true }))
      buffer = value.buffer
    }
    if (done) return
  }
}

/** Both branches are read at the same time; the second is shown after the first. */
export async function readBothBranches(url: string, write: Write): Promise<void> {
  const [first, second] = (await bodyOf(url)).tee()
  let later = ''
  await Promise.all([
    readTexts(first.pipeThrough(new TextDecoderStream()), write),
    readTexts(second.pipeThrough(new TextDecoderStream()), (text) => (later += text)),
  ])
  write(`[second branch]\n${later}`)
}

export async function readAsText(url: string, write: Write): Promise<void> {
  const response = await fetch(url, { headers: STREAM_HEADERS })
  write(await response.text())
}

/** The answer is read as it comes, its clone all at once; the clone is shown after the answer. */
export async function readWithClone(url: string, write: Write): Promise<void> {
  const response = await fetch(url, { headers: STREAM_HEADERS })
  const copy = response.clone()
  const [text] = await Promise.all([copy.text(), readByReader(bodyIn(response), write)])
  write(`[clone]\n${text}`)
}

/** One JSON value a line, shown when its line is complete. */
export async function readLines(url: string, write: Write): Promise<void> {
  let rest = ''
  await readByReader(await bodyOf(url, 'application/x-ndjson'), (text) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) write(`${JSON.stringify(JSON.parse(line))}\n`)
  })
  write(rest)
}

/** The loop that most pages have. */
export async function readByReader(body: ReadableStream<Uint8Array>, write: Write): Promise<void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    write(decoder.decode(value, { stream: true }))
  }
  write(decoder.decode())
}

export async function readStream(url: string, write: Write, signal?: AbortSignal): Promise<void> {
  await readByReader(await bodyOf(url, STREAM_HEADERS.Accept, signal), write)
}

export async function readJson(url: string, write: Write): Promise<void> {
  const response = await fetch(url)
  write(JSON.stringify(await response.json()))
}

async function readTexts(stream: ReadableStream<string>, write: Write): Promise<void> {
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    write(value)
  }
}

async function bodyOf(
  url: string,
  accept = STREAM_HEADERS.Accept,
  signal: AbortSignal | null = null,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  return bodyIn(await fetch(url, { headers: { Accept: accept }, signal }))
}

function bodyIn(response: Response): ReadableStream<Uint8Array<ArrayBuffer>> {
  if (!response.ok || response.body === null) throw new Error(`The server answered ${response.status}`)
  return response.body
}
