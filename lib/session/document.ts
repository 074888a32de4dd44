import type { Gone } from '../endings/evidence.ts'
import { createBatchJoiner } from './batch-parts.ts'
import type { BatchJoiner } from './batch-parts.ts'
import type { LiveConnection } from './connection.ts'
import type { Frame } from './types.ts'

/** What the session knows of one document of the tab. */
export interface Document {
  readonly frame: { -readonly [Key in keyof Frame]: Frame[Key] }
  /** The highest record number taken: what comes again is known already. */
  lastN: number
  /** `lastN` when the document was reached last: a `dropped` record may count what was seen before that. */
  seenN: number
  /** The latest time on the document's clock that any record told. */
  lastAtMs: number
  readonly connections: Map<number, LiveConnection>
  readonly batches: BatchJoiner
  /** Connections that were left out or cleared: their records are no error. */
  readonly skipped: Set<number>
  /** Null while the document is there. */
  gone: Gone | null
  goneWallMs: number
  /** How many navigations came before the document was reached last. */
  reachedAfter: number
}

/** A document of the tab; `frameId` -1 where the hub has not told. */
export function createDocument(doc: string, frameId: number, url: string, reachedAfter: number): Document {
  return {
    frame: { doc, frameId, top: frameId === 0, url, timeOriginMs: 0 },
    lastN: 0,
    seenN: 0,
    lastAtMs: 0,
    batches: createBatchJoiner(),
    connections: new Map(),
    skipped: new Set(),
    gone: null,
    goneWallMs: 0,
    reachedAfter,
  }
}

/** Less than this is the time a message took, or the clocks' rounding. */
const LEAST_LAG_MS = 1_000

/** The document's clock was found to lie `lagMs` behind the wall clock. */
export function noteLag({ frame }: Document, lagMs: number): void {
  if (!Number.isFinite(lagMs)) return
  frame.lagMs = Math.abs(lagMs) < LEAST_LAG_MS ? 0 : lagMs
}

/** The moment of `wallMs` on the document's clock; never before what its records told. */
export function toDocumentMs({ frame, lastAtMs }: Document, wallMs: number): number {
  return Math.max(frame.timeOriginMs === 0 ? 0 : wallMs - frame.timeOriginMs - (frame.lagMs ?? 0), lastAtMs)
}
