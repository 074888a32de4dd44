/** Places in an answer: how they are written, and at which byte of a body they are. */
import type { Piece } from './bodies.ts'
import type { Place, Wait } from './fault.ts'
import type { Query } from './query.ts'

/** Offsets of the places before a body's first byte, which is at 0. */
export const AT_HEAD = -2
export const IN_HEAD = -1

const FIRST_BYTE_OF_SEVERAL = 0xc0

export function readPlace(query: Query, parameter: string, text: string): Place {
  const [, kind = '', number] = /^(\w+)(?::(\d{1,9}))?$/.exec(text) ?? []
  if (number === undefined) {
    if (kind === 'head' || kind === 'midhead' || kind === 'start' || kind === 'end') return { kind }
  } else {
    if (kind === 'byte') return { kind, bytes: Number(number) }
    if (kind === 'event' || kind === 'in' || kind === 'char') return { kind, event: Number(number) }
  }
  const places = 'head, midhead, start, event:N, in:N, char:N, byte:N or end'
  query.complain(parameter, `"${parameter}" must name one of the places ${places}, not "${text}".`)
  return { kind: 'end' }
}

/** `PLACE@GATE`, or a place alone where the query names the gate for all. */
export function readWait(query: Query, text: string, defaultGate: string): Wait {
  const [place = '', gate = defaultGate] = text.split('@')
  if (!/^[\w.-]+$/.test(gate)) query.complain('wait', `"wait" must be like event:3@NAME, not "${text}".`)
  return { place: readPlace(query, 'wait', place), gate }
}

/** The offset in the body, in bytes; null if the body does not come that far. */
export function offsetOf(place: Place, pieces: readonly Piece[]): number | null {
  const total = pieces.reduce((sum, { bytes }) => sum + bytes.length, 0)
  switch (place.kind) {
    case 'head':
      return AT_HEAD
    case 'midhead':
      return IN_HEAD
    case 'start':
      return 0
    case 'end':
      return total
    case 'byte':
      return place.bytes <= total ? place.bytes : null
    case 'event':
    case 'in':
    case 'char':
      return place.kind === 'event' && place.event === 0 ? 0 : offsetInEvent(place.kind, place.event, pieces)
    default:
      return place satisfies never
  }
}

function offsetInEvent(kind: 'event' | 'in' | 'char', event: number, pieces: readonly Piece[]): number | null {
  let start = 0
  for (const { bytes, ...piece } of pieces) {
    if (piece.event === event) {
      const inside = offsetInside(kind, bytes)
      return inside === null ? null : start + inside
    }
    start += bytes.length
  }
  return null
}

function offsetInside(kind: 'event' | 'in' | 'char', bytes: Uint8Array): number | null {
  if (kind === 'event') return bytes.length
  const firstOfSeveral = bytes.findIndex((byte) => byte >= FIRST_BYTE_OF_SEVERAL)
  if (kind === 'char') return firstOfSeveral === -1 ? null : firstOfSeveral + 1
  let middle = Math.floor(bytes.length / 2)
  // Not inside a character: that is what `char` is for.
  while (((bytes[middle] ?? 0) & 0xc0) === 0x80) middle -= 1
  return middle
}
