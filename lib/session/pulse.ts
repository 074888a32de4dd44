/** Collects, record by record, the marks by which live-state.ts judges what a connection is doing. */
import type { OpenRecord } from '../protocol.ts'
import type { LiveMarks } from './live-state.ts'
import { createReconnects, type Reconnects } from './reconnects.ts'
import { createRhythm } from './rhythm.ts'
import type { Demand, EntryKind } from './types.ts'

/** Event types by which servers keep a connection alive without saying anything. */
export const HEARTBEAT_TYPES: ReadonlySet<string> = new Set([
  'ping',
  'heartbeat',
  'heart-beat',
  'hb',
  'keepalive',
  'keep-alive',
  'keep_alive',
  'noop',
])

export interface Pulse {
  readonly marks: LiveMarks
  readonly reconnects: Reconnects
  answered(atMs: number): void
  /** A body's chunk: `entry` is called for what it completes, then `chunk` once. */
  entry(kind: EntryKind, type: string): void
  chunk(atMs: number, text: string): void
  event(atMs: number, type: string, id: string): void
  demand(demand: Demand): void
}

export function createPulse({ transport, atMs: openAtMs }: OpenRecord): Pulse {
  const progress = createRhythm()
  const heartbeats = createRhythm()
  const reconnects = createReconnects()
  let answeredAtMs: number | null = null
  let lastSeenAtMs: number | null = null
  let demand: Demand | null = null
  let hasProgress = false
  let hasEntries = false

  const marks: LiveMarks = {
    transport,
    openAtMs,
    get answeredAtMs() {
      return answeredAtMs
    },
    get lastSeenAtMs() {
      return lastSeenAtMs
    },
    progress,
    heartbeats,
    get demand() {
      return demand
    },
    get reconnect() {
      return reconnects.next
    },
  }

  function see(atMs: number, isProgress: boolean): void {
    lastSeenAtMs = atMs
    if (isProgress) progress.mark(atMs)
    else heartbeats.mark(atMs)
  }

  return {
    marks,
    reconnects,
    answered(atMs) {
      answeredAtMs = atMs
    },
    entry(kind, type) {
      hasEntries = true
      if (kind === 'event' && (type === 'message' || !HEARTBEAT_TYPES.has(type))) hasProgress = true
    },
    chunk(atMs, text) {
      // A part of an event is progress too; empty lines are not.
      see(atMs, hasProgress || (!hasEntries && /\S/.test(text)))
      hasProgress = false
      hasEntries = false
    },
    event(atMs, type, id) {
      reconnects.event(atMs, id)
      see(atMs, !HEARTBEAT_TYPES.has(type))
    },
    demand(next) {
      demand = next
    },
  }
}
