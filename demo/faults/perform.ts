/** Takes the steps of a script on a connection. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from './fault.ts'
import type { Gates } from './gates.ts'
import type { Entry } from './log.ts'
import type { Script } from './script.ts'
import type { Head, Wire } from './wire.ts'

export interface Play {
  readonly fault: Fault
  readonly script: Script
  readonly head: Head
  readonly wire: Wire
  readonly gates: Gates
  readonly entry: Entry
}

const BEAT = Buffer.from(': beat\n\n')
/** Neither gzip, zlib nor Brotli goes on like this. */
const BAD_CODE = Buffer.alloc(64, 0xff)

/** Resolves when the deed is done, or the client has left. */
export async function perform(play: Play): Promise<void> {
  const { wire, entry } = play
  const startedAtMs = performance.now()
  try {
    await takeSteps(play)
  } catch (error) {
    // A reset may reach a write before it is known that the client has left.
    if (!wire.left.aborted && !isSocketError(error)) throw error
    entry.closedByClient = true
  }
  entry.closedAfterMs = Math.round(performance.now() - startedAtMs)
  entry.state = 'done'
}

async function takeSteps({ fault, script, head, wire, gates, entry }: Play): Promise<void> {
  for (const step of script.steps) {
    wire.left.throwIfAborted()
    switch (step.kind) {
      case 'pause':
        await sleep(step.ms, null, { signal: wire.left })
        break
      case 'wait':
        entry.gate = step.gate
        await gates.pass(step.gate, wire.left)
        entry.gate = null
        break
      case 'head':
        await wire.head(head, step.whole)
        break
      case 'write':
        await wire.write(step.bytes)
        entry.bodyBytes += step.bytes.length
        entry.events = step.events
        break
      case 'deed':
        await end(fault, wire, entry)
        break
      default:
        step satisfies never
    }
  }
}

async function end(fault: Fault, wire: Wire, entry: Entry): Promise<void> {
  if (fault.do === 'stall') {
    entry.state = 'stalled'
    return stall(fault.beatMs, wire)
  }
  if (fault.do !== 'badcode') return wire.end(fault.do, fault.code)
  await wire.write(BAD_CODE)
  return wire.end('close', fault.code)
}

/** Rejects when the client leaves; there is no other end. */
async function stall(beatMs: number, wire: Wire): Promise<never> {
  for (;;) {
    if (beatMs > 0) {
      await sleep(beatMs, null, { signal: wire.left })
      await wire.write(BEAT)
    } else {
      await new Promise<never>((_, reject) => {
        if (wire.left.aborted) reject(wire.left.reason)
        wire.left.addEventListener('abort', () => reject(wire.left.reason), { once: true })
      })
    }
  }
}

function isSocketError(error: unknown): boolean {
  return error instanceof Error && 'code' in error
}
