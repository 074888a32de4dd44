/** Bounded waiting: every wait of the tests and scripts says what it waited for when it gives up. */

import { setTimeout as pause } from 'node:timers/promises'

const STEP_MS = 25
/** Enough for a busy machine; what comes sooner is seen sooner. */
const TIMEOUT_MS = 20_000

/**
 * Calls `look` until it gives something truthy, and gives that back.
 *
 * @param what completes the sentence "waited for …"
 * @param look may throw while things are not ready; the last error is part of the message when time is up
 * @throws Error after `timeoutMs`
 */
export async function until<Value>(
  what: string,
  look: () => Value | Promise<Value>,
  timeoutMs = TIMEOUT_MS,
): Promise<Exclude<Value, false | null | undefined | 0 | ''>> {
  const deadline = performance.now() + timeoutMs
  let last: unknown = 'nothing'
  for (;;) {
    const left = deadline - performance.now()
    if (left <= 0) throw new Error(`Waited ${timeoutMs} ms for ${what}. Last seen: ${describe(last)}`, { cause: last })
    try {
      last = await within(what, look(), left)
      if (last) return last as Exclude<Value, false | null | undefined | 0 | ''>
    } catch (error) {
      // When time is up in the middle of a look, what was seen before says more.
      if (performance.now() < deadline || last === 'nothing') last = error
    }
    await pause(STEP_MS)
  }
}

/** Calls `look` until what it gives `fits`, and gives that back. What it gave last is part of the message when time is up. */
export async function untilFits<Value>(
  what: string,
  look: () => Value | Promise<Value>,
  fits: (seen: Value) => boolean,
  timeoutMs?: number,
): Promise<Value> {
  const found = await until(
    what,
    async () => {
      const seen = await look()
      if (!fits(seen)) throw new Error(`so far: ${JSON.stringify(seen)}`)
      return { seen }
    },
    timeoutMs,
  )
  return found.seen
}

function describe(seen: unknown): string {
  return seen instanceof Error ? seen.message : JSON.stringify(seen)
}

/**
 * The promise's own outcome, or an error after `timeoutMs` that says what was waited for.
 */
export async function within<Value>(what: string, promise: Value | Promise<Value>, timeoutMs: number): Promise<Value> {
  const timer = Promise.withResolvers<never>()
  const tooLate = () => timer.reject(new Error(`Waited ${Math.round(timeoutMs)} ms for ${what}, without an answer.`))
  const handle = setTimeout(tooLate, timeoutMs)
  try {
    return await Promise.race([promise, timer.promise])
  } finally {
    clearTimeout(handle)
  }
}
