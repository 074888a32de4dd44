/** Bodies as streams: readers, iteration, pipes, branches, back-pressure. */
import { brief, describe, outcome, outcomes, pause, soon, type Json } from '../page/facts.ts'
import type { World } from '../page/world.ts'

type Body = ReadableStream<Uint8Array<ArrayBuffer>>

async function bodyOf(url: string, init?: RequestInit): Promise<Body> {
  const { body } = await fetch(url, init)
  if (body === null) throw new Error('no body')
  return body
}

const text = (value: Uint8Array | undefined) => new TextDecoder().decode(value)

export async function defaultReader(world: World): Promise<Json> {
  const stream = world.stream('default')
  const body = await bodyOf(stream.url)
  const reader = body.getReader()
  const log: Json[] = [body.locked, await outcome(() => body.getReader())]
  const waiting = [reader.read(), reader.read()]
  await stream.push('data: 1\n\n')
  await stream.push('data: 2\n\n')
  const results = await Promise.all(waiting)
  log.push(
    results.map((result) => [
      Reflect.ownKeys(result).map(String),
      Object.getPrototypeOf(result) === Object.prototype,
      text(result.value),
      result.done,
    ]),
  )
  const value = results[0]?.value
  log.push([
    value?.byteOffset ?? -1,
    value?.buffer.byteLength ?? -1,
    value?.buffer.resizable ?? null,
    Object.prototype.toString.call(value?.buffer),
  ])
  // Chunks belong to the page: it may write to them and give them away.
  if (value !== undefined) {
    value.fill(0)
    structuredClone(value, { transfer: [value.buffer] })
    log.push(value.byteLength)
  }
  const pending = reader.read()
  reader.releaseLock()
  log.push(
    await outcome(() => pending),
    body.locked,
    await outcome(() => reader.read()),
    await outcome(() => reader.closed),
  )
  const second = body.getReader()
  log.push(second.closed === second.closed)
  await stream.push('data: 3\n\n')
  log.push(text((await second.read()).value))
  await stream.finish('end')
  const last = await second.read()
  log.push(
    [last.done, describe(last.value), Reflect.ownKeys(last).map(String)],
    describe(await second.closed),
    await outcome(() => second.cancel('late')),
    await outcome(() => second.read()),
  )
  return log
}

export async function byobReader(world: World): Promise<Json> {
  const stream = world.stream('byob')
  const body = await bodyOf(stream.url)
  const reader = body.getReader({ mode: 'byob' })
  const log: Json[] = []
  const buffer = new ArrayBuffer(16)
  const view = new Uint8Array(buffer, 4, 8)
  const first = reader.read(view)
  log.push(view.byteLength, buffer.byteLength, buffer.detached)
  await stream.push('data: 123456789\n\n')
  const { value, done } = await first
  log.push([done, text(value), value?.byteOffset ?? -1, value?.buffer.byteLength ?? -1, value instanceof Uint8Array])
  const words = await reader.read(new Uint16Array(2))
  log.push([words.value?.length ?? -1, Object.prototype.toString.call(words.value)])
  const least = reader.read(new Uint8Array(10), { min: 8 })
  await stream.push('ab')
  await stream.push('cdefghijkl')
  log.push(await soon(least.then(({ value }) => text(value))))
  const rest = reader.read(new Uint8Array(100))
  log.push(await soon(rest.then(({ value }) => text(value))))
  const odd = reader.read(new DataView(new ArrayBuffer(6)))
  await stream.push('xyz')
  log.push(await soon(odd.then(({ value }) => Object.prototype.toString.call(value))))
  const pending = reader.read(new Uint8Array(4))
  reader.releaseLock()
  log.push(await outcome(() => pending), body.locked)
  const plain = body.getReader()
  await stream.push('mixed')
  log.push(await soon(plain.read().then(({ value }) => text(value))))
  plain.releaseLock()
  const again = body.getReader({ mode: 'byob' })
  await stream.finish('end')
  const end = await soon(
    again
      .read(new Uint8Array(5))
      .then(({ done, value }) => [done, value?.byteLength ?? -1, value?.buffer.byteLength ?? -1]),
  )
  log.push(end, await soon(again.closed))
  return log
}

export async function byobAbort(world: World): Promise<Json> {
  const control = new AbortController()
  const reader = (await bodyOf(world.stream('byob').url, { signal: control.signal })).getReader({ mode: 'byob' })
  const pending = outcome(() => reader.read(new Uint8Array(4)))
  control.abort({ mine: 1 })
  return [await pending, await outcome(() => reader.closed), await outcome(() => reader.read(new Uint8Array(4)))]
}

export async function constructedReaders(world: World): Promise<Json> {
  const body = await bodyOf(world.url('/plain'))
  const reader = new ReadableStreamDefaultReader(body)
  const first = text((await reader.read()).value)
  reader.releaseLock()
  const other = new ReadableStreamBYOBReader(body)
  const done = await other.read(new Uint8Array(3))
  return [
    first,
    done.done,
    body.locked,
    await outcome(() => new ReadableStreamDefaultReader(body)),
    await outcome(() => new ReadableStreamBYOBReader(new ReadableStream())),
  ]
}

export async function iteration(world: World): Promise<Json> {
  const facts: Record<string, Json> = {}
  for (const how of ['all', 'break', 'throw', 'preventCancel', 'return', 'nested']) {
    const stream = world.stream(how)
    const body = await bodyOf(stream.url)
    const log: Json[] = []
    await stream.push('data: 1\n\n')
    const since = performance.now()
    if (how === 'all') {
      void stream.finish('end')
      for await (const chunk of body) log.push(text(chunk))
    } else if (how === 'break') {
      for await (const chunk of body) {
        log.push(text(chunk), body.locked)
        break
      }
    } else if (how === 'throw') {
      try {
        for await (const chunk of body) throw new Error(`mine ${chunk.length}`)
      } catch (error) {
        log.push(brief(error))
      }
    } else if (how === 'preventCancel') {
      for await (const chunk of body.values({ preventCancel: true })) {
        log.push(text(chunk))
        break
      }
    } else if (how === 'nested') {
      const iterator = body[Symbol.asyncIterator]()
      log.push(iterator[Symbol.asyncIterator]() === iterator, await outcome(() => body.values()))
      const two = [iterator.next(), iterator.next()]
      await stream.push('data: 2\n\n')
      for (const next of two) {
        const result = await next
        log.push([Reflect.ownKeys(result).map(String), text(result.value)])
      }
      await iterator.return?.()
    } else {
      const iterator = body.values()
      await iterator.next()
      log.push(
        describe(await iterator.return?.('given' as never)),
        await outcome(() => iterator.next()),
        await outcome(() => iterator.return?.('more' as never)),
      )
    }
    const closed = how === 'all' ? 'ended' : await world.closes(how, since, 200)
    facts[how] = {
      log,
      closed,
      locked: body.locked,
      rest: how === 'preventCancel' ? await outcome(() => body.cancel()) : null,
    }
  }
  return facts
}

export async function iterationOfBroken(world: World): Promise<Json> {
  const stream = world.stream('broken')
  const body = await bodyOf(stream.url)
  await stream.push('data: 1\n\n')
  void stream.finish('reset')
  const log: Json[] = []
  try {
    for await (const chunk of body) log.push(chunk.length)
  } catch (error) {
    log.push(describe(error))
  }
  return [log, body.locked, await outcome(() => body.getReader().closed)]
}

/** A sink that writes down what happens to it. */
function sink(log: Json[], trouble: { write?: unknown; close?: unknown } = {}): WritableStream<Uint8Array> {
  return new WritableStream({
    write(chunk) {
      log.push(`write ${text(chunk)}`)
      if ('write' in trouble) throw trouble.write
    },
    close() {
      log.push('close')
      if ('close' in trouble) throw trouble.close
    },
    abort(reason) {
      log.push(['abort', describe(reason)])
    },
  })
}

export async function pipeTo(world: World): Promise<Json> {
  const facts: Record<string, Json> = {}
  const mine = new RangeError('mine')
  const cases: Record<
    string,
    { source: 'end' | 'reset' | 'open'; options?: StreamPipeOptions; trouble?: object; abort?: unknown; drop?: boolean }
  > = {
    plain: { source: 'end' },
    'prevent close': { source: 'end', options: { preventClose: true } },
    broken: { source: 'reset' },
    'broken, prevent abort': { source: 'reset', options: { preventAbort: true } },
    'sink fails': { source: 'open', trouble: { write: mine } },
    'sink fails, prevent cancel': { source: 'open', trouble: { write: mine }, options: { preventCancel: true } },
    'close fails': { source: 'end', trouble: { close: mine } },
    signal: { source: 'open', abort: mine },
    'signal string': { source: 'open', abort: 'a string' },
    'signal, prevent all': { source: 'open', abort: mine, options: { preventAbort: true, preventCancel: true } },
  }
  for (const [name, { source, options = {}, trouble = {}, abort }] of Object.entries(cases)) {
    const stream = world.stream(name)
    const body = await bodyOf(stream.url)
    const log: Json[] = []
    const to = sink(log, trouble)
    const control = new AbortController()
    const piped = body.pipeTo(to, { ...options, ...(abort === undefined ? {} : { signal: control.signal }) })
    const locks = [body.locked, to.locked]
    const ended = piped.then(
      () => 'resolved',
      (error: unknown) => (error === mine ? 'mine itself' : describe(error)),
    )
    await stream.push('data: 1\n\n')
    const since = performance.now()
    if (abort !== undefined) control.abort(abort)
    else if (source !== 'open') await stream.finish(source)
    facts[name] = {
      locks,
      ended: await ended,
      log,
      after: [body.locked, to.locked],
      closed: source === 'open' ? await world.closes(name, since, 150) : 'ended',
      rest: await outcome(() => body.cancel()),
    }
  }
  facts['aborted before'] = await outcome(async () =>
    (await bodyOf(world.url('/plain'))).pipeTo(new WritableStream(), { signal: AbortSignal.abort('early') }),
  )
  facts['locked sink'] = await outcome(async () => {
    const to = new WritableStream()
    to.getWriter()
    return (await bodyOf(world.url('/plain'))).pipeTo(to)
  })
  return facts
}

export async function pipeThrough(world: World): Promise<Json> {
  const stream = world.stream('through')
  const body = await bodyOf(stream.url)
  const pair = new TextDecoderStream()
  const readable = body.pipeThrough(pair)
  const log: Json[] = [readable === pair.readable, body.locked, pair.writable.locked]
  const reader = readable.getReader()
  await stream.push([100, 97, 116, 97, 58, 32, 0xc3])
  log.push((await reader.read()).value ?? null)
  await stream.push([0xa4, 10, 10])
  log.push((await reader.read()).value ?? null)
  const since = performance.now()
  void reader.cancel('enough')
  log.push(await world.closes('through', since))
  const lines: string[] = []
  for await (const line of (await bodyOf(world.url('/sse', { gap: '5' })))
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(
      new TransformStream({ transform: (part: string, controller) => controller.enqueue(part.toUpperCase()) }),
    ))
    lines.push(line)
  log.push(lines.join(''))
  const broken = world.stream('broken')
  const decoded = (await bodyOf(broken.url)).pipeThrough(new TextDecoderStream()).getReader()
  const failing = outcome(() => decoded.read())
  await broken.finish('reset')
  log.push(await failing)
  log.push(
    await outcome(async () =>
      new Response(
        (await bodyOf(world.url('/plain')))
          .pipeThrough(new CompressionStream('gzip'))
          .pipeThrough(new DecompressionStream('gzip')),
      ).text(),
    ),
  )
  return log
}

export async function tee(world: World): Promise<Json> {
  const stream = world.stream('tee')
  const body = await bodyOf(stream.url)
  const branches = body.tee()
  const log: Json[] = [Array.isArray(branches), branches.length, branches[0] instanceof ReadableStream, body.locked]
  const [one, two] = branches.map((branch) => branch.getReader()) as [
    ReadableStreamDefaultReader<Uint8Array>,
    ReadableStreamDefaultReader<Uint8Array>,
  ]
  const first = one.read()
  await stream.push('data: 1\n\n')
  log.push(text((await first).value), text((await two.read()).value))
  const cancelled = one.cancel('first')
  await stream.push('data: 2\n\n')
  log.push(text((await two.read()).value), await world.closes('tee', performance.now(), 100))
  const since = performance.now()
  const both = two.cancel('second')
  log.push(await world.closes('tee', since), await outcome(() => cancelled), await outcome(() => both))
  const bytes = (await bodyOf(world.url('/plain'))).tee()
  log.push(
    await outcome(async () => text((await bytes[0].getReader({ mode: 'byob' }).read(new Uint8Array(6))).value)),
    await new Response(bytes[1]).text(),
  )
  const broken = world.stream('broken')
  const ends = (await bodyOf(broken.url)).tee().map((branch) => outcome(() => branch.getReader().read()))
  await broken.finish('reset')
  log.push(...(await Promise.all(ends)))
  return log
}

/** Streams that the page makes itself go the same ways as before. */
export async function ownStreams(): Promise<Json> {
  const log: Json[] = []
  const made = (name: string, type?: 'bytes') => {
    let count = 0
    const source = {
      start: (controller: ReadableStreamDefaultController | ReadableByteStreamController) =>
        void log.push(`${name} start ${controller.desiredSize}`),
      pull: (controller: ReadableStreamDefaultController | ReadableByteStreamController) => {
        count += 1
        log.push(`${name} pull ${controller.desiredSize}`)
        if (count > 3) controller.close()
        else controller.enqueue(new Uint8Array([64 + count]))
      },
      cancel: (reason: unknown) => void log.push(`${name} cancel ${String(reason)}`),
    }
    return type === undefined
      ? new ReadableStream<Uint8Array<ArrayBuffer>>(source)
      : new ReadableStream({ ...source, type })
  }
  log.push(await new Response(made('response')).text())
  for await (const chunk of made('iterated')) {
    log.push(text(chunk))
    break
  }
  const reader = made('read', 'bytes').getReader()
  log.push(text((await reader.read()).value))
  await reader.cancel('why')
  const [one] = made('teed').tee()
  log.push(text((await one.getReader().read()).value))
  await made('piped').pipeTo(sink(log))
  log.push(await outcome(() => made('failing').pipeTo(sink(log, { write: 'bad' }))))
  log.push(
    await outcomes({
      from: async () =>
        Array.fromAsync(
          (ReadableStream as unknown as { from(items: number[]): AsyncIterable<number> }).from([1, 2, 3]),
        ),
      blob: async () => text((await new Blob(['data: x\n\n']).stream().getReader().read()).value),
    }),
  )
  await pause(10)
  return log
}

/** Several times what any browser takes that stops; one that does not takes all of it. */
const FLOOD_MB = 100

/** The server can push only as far as the page reads: how far is a figure with a bound, that it stops is a fact. */
export async function backPressure(world: World): Promise<Json> {
  const facts: Json[] = []
  const flood = (key: string) => world.url('/flood', { key, mb: String(FLOOD_MB) })
  const pushed = async (key: string) => (await world.seen()).find((seen) => seen.key === key)?.pushedBytes ?? -1
  const settled = async (key: string) => {
    let before = -1
    for (let round = 0; round < 30; round += 1) {
      await pause(200)
      const now = await pushed(key)
      if (now === before && now > 0) break
      before = now
    }
    world.bound(`${key}: pushed`, before)
    return before < (FLOOD_MB - 10) * 2 ** 20
  }
  const unread = await fetch(flood('unread'))
  facts.push(await settled('unread'))
  await unread.body?.cancel()
  const locked = (await fetch(flood('locked'))).body?.getReader()
  facts.push(await settled('locked'))
  await locked?.read()
  await locked?.cancel()
  const teed = (await bodyOf(flood('piped'))).pipeThrough(new TransformStream())
  facts.push(await settled('piped'))
  await teed.cancel()
  return facts
}
