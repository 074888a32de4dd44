import type { Gone } from '../endings/ending.ts'
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

/** The moment of `wallMs` on the document's clock; never before what its records told. */
export function toDocumentMs({ frame, lastAtMs }: Document, wallMs: number): number {
  return Math.max(frame.timeOriginMs === 0 ? 0 : wallMs - frame.timeOriginMs, lastAtMs)
}
