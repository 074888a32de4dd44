/** Pages that stop reading what `fetch` gave them, or abort it, while the server goes on. */
import { aborted, cancelled, FALLS_SILENT, rows, timedOut, type EndingCase } from './ending-case.ts'

const ABORT = 'AbortController.abort'
const NO_REASON = 'AbortError'

/** Hands the body to a worker that reads three events, and then does `act`. */
const TO_WORKER = (act: string) =>
  `const source = 'onmessage = async ({ data }) => { const reader = data.getReader(); let text = ""; while (text.split("\\\\n\\\\n").length <= 3) text += new TextDecoder().decode((await reader.read()).value); ${act} }'; new Worker(URL.createObjectURL(new Blob([source]))).postMessage(body, [body])`

const CANCELS = rows('fetch', FALLS_SILENT, 'const { body } = await fetch(url); ')(
  [
    'cancels its reader',
    `const reader = body.getReader(); await three(reader); reader.cancel()`,
    cancelled('mid-stream', 'undefined', 'reader.cancel'),
  ],
  [
    'cancels its reader with a string',
    `const reader = body.getReader(); await three(reader); reader.cancel('enough')`,
    cancelled('mid-stream', `'enough'`, 'reader.cancel'),
  ],
  [
    'cancels its reader with an Error',
    `const reader = body.getReader(); await three(reader); reader.cancel(new RangeError('full'))`,
    cancelled('mid-stream', `RangeError 'full'`, 'reader.cancel'),
  ],
  [
    'cancels its reader with an object',
    `const reader = body.getReader(); await three(reader); reader.cancel({ code: 7, why: 'full' })`,
    cancelled('mid-stream', `object '{ code: 7, why: "full" }'`, 'reader.cancel'),
  ],
  [
    'cancels its byte reader',
    `const reader = body.getReader({ mode: 'byob' }); await reader.read(new Uint8Array(8)); reader.cancel('enough')`,
    cancelled('mid-stream', `'enough'`, 'reader.cancel'),
  ],
  [
    'releases its reader, then cancels the body',
    `const reader = body.getReader(); await three(reader); reader.releaseLock(); body.cancel('done with it')`,
    cancelled('mid-stream', `'done with it'`, 'body.cancel'),
  ],
  [
    'leaves a for await loop by break',
    `for await (const chunk of body) if (isThird(chunk)) break`,
    cancelled('mid-stream', 'undefined', 'leaving for await'),
  ],
  [
    'leaves a for await loop by return',
    `for await (const chunk of body) if (isThird(chunk)) return`,
    cancelled('mid-stream', 'undefined', 'leaving for await'),
  ],
  [
    'leaves a for await loop by throw',
    `for await (const chunk of body) if (isThird(chunk)) throw new Error('bad event')`,
    cancelled('mid-stream', 'undefined', 'leaving for await'),
  ],
  [
    'pipes to a sink that fails',
    `await body.pipeTo(new WritableStream({ write() { throw new Error('disk full') } }))`,
    cancelled('mid-stream', `Error 'disk full'`, 'pipeTo()'),
  ],
  [
    'stops a pipe by a signal of the pipe’s own',
    `const stop = new AbortController(); body.pipeTo(new WritableStream({ write(chunk) { if (isThird(chunk)) stop.abort('no more') } }), { signal: stop.signal })`,
    cancelled('mid-stream', `'no more'`, 'pipeTo()'),
  ],
  [
    'cancels what it piped through a decoder',
    `const reader = body.pipeThrough(new TextDecoderStream()).getReader(); await three(reader); reader.cancel('enough')`,
    cancelled('mid-stream', `'enough'`, 'reader.cancel → pipeThrough()'),
  ],
  [
    'leaves a for await loop behind two pipes',
    `const lines = body.pipeThrough(new TextDecoderStream()).pipeThrough(new TransformStream()); for await (const chunk of lines) if (isThird(chunk)) break`,
    cancelled('mid-stream', 'undefined', 'leaving for await → pipeThrough()'),
  ],
  [
    'cancels both branches of a tee',
    `const [a, b] = body.tee(); a.cancel('a'); b.cancel('b')`,
    cancelled('before first byte', `'b'`, 'body.cancel'),
  ],
  [
    'cancels a library’s stream around the body',
    `const reader = body.getReader(); const wrapped = new ReadableStream({ async pull(c) { const { value } = await reader.read(); c.enqueue(value) }, cancel(reason) { return reader.cancel(reason) } }); const own = wrapped.getReader(); await three(own); own.cancel('enough')`,
    cancelled('mid-stream', `'enough'`, 'reader.cancel'),
  ],
  [
    'gives the body to a worker, which cancels it',
    TO_WORKER('reader.cancel("enough")'),
    cancelled('mid-stream', `'enough'`, 'transfer'),
  ],
  [
    'cancels its reader twice (the first counts)',
    `const reader = body.getReader(); await three(reader); reader.cancel('first'); reader.cancel('again')`,
    cancelled('mid-stream', `'first'`, 'reader.cancel'),
  ],
)

const ABORTS = rows('fetch', FALLS_SILENT, 'const controller = new AbortController(), { signal } = controller; ')(
  [
    'aborts',
    `const { body } = await fetch(url, { signal }); await three(body.getReader()); controller.abort()`,
    aborted('mid-stream', NO_REASON, ABORT),
  ],
  [
    'aborts with a string',
    `const { body } = await fetch(url, { signal }); await three(body.getReader()); controller.abort('user pressed stop')`,
    aborted('mid-stream', `'user pressed stop'`, ABORT),
  ],
  [
    'aborts with an Error',
    `const { body } = await fetch(url, { signal }); await three(body.getReader()); controller.abort(new Error('stop'))`,
    aborted('mid-stream', `Error 'stop'`, ABORT),
  ],
  [
    'aborts with an Error of its own class',
    `class StopError extends Error {} const { body } = await fetch(url, { signal }); await three(body.getReader()); controller.abort(new StopError('stop'))`,
    aborted('mid-stream', `StopError 'stop'`, ABORT),
  ],
  [
    'aborts with an object',
    `const { body } = await fetch(url, { signal }); await three(body.getReader()); controller.abort({ who: 'router', get secret() { return 1 } })`,
    aborted('mid-stream', `object '{ who: "router", secret: (…) }'`, ABORT),
  ],
  [
    'aborts with undefined',
    `const { body } = await fetch(url, { signal }); await three(body.getReader()); controller.abort(undefined)`,
    aborted('mid-stream', NO_REASON, ABORT),
  ],
  [
    'aborts with null',
    `const { body } = await fetch(url, { signal }); await three(body.getReader()); controller.abort(null)`,
    aborted('mid-stream', `null 'null'`, ABORT),
  ],
  [
    'aborts with a number',
    `const { body } = await fetch(url, { signal }); await three(body.getReader()); controller.abort(7)`,
    aborted('mid-stream', `number '7'`, ABORT),
  ],
  [
    'aborts with a symbol',
    `const { body } = await fetch(url, { signal }); await three(body.getReader()); controller.abort(Symbol('stop'))`,
    aborted('mid-stream', `symbol 'Symbol(stop)'`, ABORT),
  ],
  [
    'aborts with a TimeoutError of its own',
    `const { body } = await fetch(url, { signal }); await three(body.getReader()); controller.abort(new DOMException('took too long', 'TimeoutError'))`,
    aborted('mid-stream', `TimeoutError 'took too long'`, ABORT),
  ],
  [
    'aborts while text() reads',
    `const response = await fetch(url, { signal }); const copy = response.clone(); copy.text().catch(() => {}); await three(response.body.getReader()); controller.abort('stop')`,
    aborted('mid-stream', `'stop'`, ABORT),
  ],
  [
    'aborts while nothing reads',
    `const response = await fetch(url, { signal }); controller.abort('stop')`,
    aborted('before first byte', `'stop'`, ABORT),
  ],
  [
    'aborts the signal that a Request was made with',
    `const { body } = await fetch(new Request(url, { signal })); await three(body.getReader()); controller.abort('stop')`,
    aborted('mid-stream', `'stop'`, ABORT),
  ],
  [
    'aborts one of AbortSignal.any()',
    `const any = AbortSignal.any([AbortSignal.timeout(60_000), signal]); const { body } = await fetch(url, { signal: any }); await three(body.getReader()); controller.abort('stop')`,
    aborted('mid-stream', `'stop'`, ABORT),
  ],
  [
    'aborts a signal that it gave by a getter',
    `const { body } = await fetch(url, { get signal() { return signal } }); await three(body.getReader()); controller.abort('stop')`,
    aborted('mid-stream', `'stop'`),
  ],
  [
    'aborts by a TaskController',
    `const task = new TaskController(); const { body } = await fetch(url, { signal: task.signal }); await three(body.getReader()); task.abort('stop')`,
    aborted('mid-stream', `'stop'`, ABORT),
  ],
  [
    'aborts the signal that the pipe has, too',
    `const { body } = await fetch(url, { signal }); body.pipeTo(new WritableStream({ write(chunk) { if (isThird(chunk)) controller.abort('stop') } }), { signal })`,
    aborted('mid-stream', `'stop'`, ABORT),
  ],
  [
    'aborts, then cancels (the first counts)',
    `const { body } = await fetch(url, { signal }); const reader = body.getReader(); await three(reader); controller.abort('first'); reader.cancel('second')`,
    aborted('mid-stream', `'first'`, ABORT, { next: 'the page called reader.cancel' }),
  ],
  [
    'cancels, then aborts (the first counts)',
    `const { body } = await fetch(url, { signal }); const reader = body.getReader(); await three(reader); reader.cancel('first'); controller.abort('second')`,
    cancelled('mid-stream', `'first'`, 'reader.cancel', { next: 'the page called AbortController.abort' }),
  ],
  [
    'lets AbortSignal.timeout() run out',
    `const { body } = await fetch(url, { signal: AbortSignal.timeout(400) }); await three(body.getReader())`,
    timedOut('mid-stream', 'TimeoutError', 'AbortSignal.timeout'),
  ],
  [
    'lets the timeout in AbortSignal.any() run out',
    `const any = AbortSignal.any([AbortSignal.timeout(400), signal]); const { body } = await fetch(url, { signal: any }); await three(body.getReader())`,
    timedOut('mid-stream', 'TimeoutError', 'AbortSignal.timeout'),
  ],
  [
    'cancels one branch of a clone and aborts',
    `const response = await fetch(url, { signal }); const copy = response.clone(); await three(copy.body.getReader()); response.body.cancel('not needed'); controller.abort('stop')`,
    aborted('mid-stream', `'stop'`, ABORT),
  ],
)

export const FETCH_STOP_CASES: readonly EndingCase[] = [...CANCELS, ...ABORTS]
