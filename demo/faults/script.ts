/** From a fault to the steps that a connection takes, one after another. */
import { bodyPieces, type Piece } from './bodies.ts'
import { createEncoder } from './encoder.ts'
import type { Deed, Fault } from './fault.ts'
import { AT_HEAD, IN_HEAD, offsetOf } from './places.ts'
import { BadParametersError } from './query.ts'

export type Step =
  | { readonly kind: 'pause'; readonly ms: number }
  | { readonly kind: 'wait'; readonly gate: string }
  | { readonly kind: 'head'; readonly whole: boolean }
  /** `events` of the body are complete once this is written. */
  | { readonly kind: 'write'; readonly bytes: Uint8Array; readonly events: number }
  | { readonly kind: 'deed'; readonly deed: Deed }

export interface Script {
  readonly steps: readonly Step[]
  /** What an honest Content-Length says. */
  readonly lengthBytes: number
}

interface Plan {
  readonly fault: Fault
  readonly pieces: readonly Piece[]
  readonly totalBytes: number
  readonly cut: number
  /** Gates by the offset where they stop the answer, in the order of the query. */
  readonly gates: ReadonlyMap<number, readonly string[]>
}

/** @throws BadParametersError if a place is not in the body */
export async function toScript(fault: Fault): Promise<Script> {
  const plan = toPlan(fault)
  const steps = await encode(plan, [...stepsOf(plan)])
  if (fault.framing !== 'length' || fault.do === 'close') return { steps, lengthBytes: writtenBytes(steps) }
  const uncut: Plan = { ...plan, cut: plan.totalBytes, gates: new Map() }
  return { steps, lengthBytes: writtenBytes(await encode(uncut, [...stepsOf(uncut)])) }
}

function toPlan(fault: Fault): Plan {
  const pieces = bodyPieces(fault)
  const totalBytes = pieces.reduce((sum, { bytes }) => sum + bytes.length, 0)
  const cut = offsetOf(fault.at, pieces)
  if (cut === null) throw notThere('at')
  const gates = new Map<number, string[]>()
  for (const { place, gate } of fault.waits) {
    const offset = offsetOf(place, pieces)
    if (offset === null) throw notThere('wait')
    gates.set(offset, [...(gates.get(offset) ?? []), gate])
  }
  return { fault, pieces, totalBytes, cut, gates }
}

function notThere(parameter: string): BadParametersError {
  return new BadParametersError([{ parameter, message: `"${parameter}" names a place that the body does not have.` }])
}

function* stepsOf(plan: Plan): Generator<Step> {
  const { fault, cut } = plan
  const deed: Step = { kind: 'deed', deed: fault.do }
  if (fault.headMs > 0) yield pause(fault.headMs)
  yield* waitsAt(plan, AT_HEAD)
  if (cut === AT_HEAD) return yield deed
  const whole = cut !== IN_HEAD && !plan.gates.has(IN_HEAD)
  yield { kind: 'head', whole }
  yield* waitsAt(plan, IN_HEAD)
  if (cut === IN_HEAD) return yield deed
  if (!whole) yield { kind: 'head', whole: true }
  yield* waitsAt(plan, 0)
  if (cut > 0) yield* bodySteps(plan)
  yield deed
}

function* bodySteps(plan: Plan): Generator<Step> {
  const { fault, cut } = plan
  let held: Uint8Array[] = []
  let events = 0
  let offset = 0
  function* flush(): Generator<Step> {
    yield* writes(fault, Buffer.concat(held), events)
    held = []
  }
  for (const [index, piece] of plan.pieces.entries()) {
    const ms = index === 0 ? fault.firstMs : fault.everyMs
    if (ms > 0) yield pause(ms)
    const end = offset + piece.bytes.length
    for (const part of partsOf(plan, piece.bytes, offset)) {
      held.push(part)
      offset += part.length
      if (offset === end && piece.event !== null) events = piece.event
      if (offset !== cut && !plan.gates.has(offset)) continue
      yield* flush()
      yield* waitsAt(plan, offset)
      if (offset === cut) {
        // What is done in mid-stream is done in the stream's own rhythm: a reset right behind bytes swallows them.
        if (cut < plan.totalBytes && fault.everyMs > 0) yield pause(fault.everyMs)
        return
      }
    }
    if (piece.event === null ? fault.burst === 1 : piece.event % fault.burst === 0) yield* flush()
  }
}

/** Cuts a piece that starts at `start` wherever something happens inside it. */
function partsOf(plan: Plan, bytes: Uint8Array, start: number): Uint8Array[] {
  const stops = [...plan.gates.keys(), plan.cut]
    .map((offset) => offset - start)
    .filter((offset) => offset > 0 && offset < bytes.length)
    .toSorted((a, b) => a - b)
  const borders = [0, ...new Set(stops), bytes.length]
  return borders.slice(1).map((border, index) => bytes.subarray(borders[index], border))
}

function* writes({ dripBytes, dripMs }: Fault, bytes: Uint8Array, events: number): Generator<Step> {
  const stride = dripBytes > 0 ? dripBytes : Math.max(1, bytes.length)
  for (let start = 0; start < bytes.length; start += stride) {
    if (dripMs > 0 && start > 0) yield pause(dripMs)
    yield { kind: 'write', bytes: bytes.subarray(start, start + stride), events }
  }
}

function* waitsAt({ gates }: Plan, offset: number): Generator<Step> {
  for (const gate of gates.get(offset) ?? []) yield { kind: 'wait', gate }
}

function pause(ms: number): Step {
  return { kind: 'pause', ms }
}

/** Compresses what is written. Where the body ends in order, the encoder's own last bytes come right before the deed. */
async function encode({ fault, cut, totalBytes }: Plan, steps: readonly Step[]): Promise<Step[]> {
  if (fault.encoding === 'none' || !fault.encode) return [...steps]
  const encoder = createEncoder(fault.encoding, fault.flush)
  const encoded: Step[] = []
  let events = 0
  for (const step of steps) {
    if (step.kind === 'deed' && (cut === totalBytes || fault.do === 'close')) {
      encoded.push({ kind: 'write', bytes: await encoder.finish(), events })
    }
    if (step.kind === 'write') ({ events } = step)
    encoded.push(step.kind === 'write' ? { ...step, bytes: await encoder.encode(step.bytes) } : step)
  }
  return encoded.filter((step) => step.kind !== 'write' || step.bytes.length > 0)
}

function writtenBytes(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + (step.kind === 'write' ? step.bytes.length : 0), 0)
}
