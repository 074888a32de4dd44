/** All that is known of a connection when its ending is judged. Filled by the session, which judges again when more becomes known. */
import type { Wording } from '../i18n/saying.ts'
import type { Terminal } from '../formats/format.ts'
import type { AlsoRecord, EndRecord, HeadRecord, NetworkFacts, OpenRecord } from '../protocol.ts'
import type { Connection } from '../session/types.ts'

/** The document went away while the connection lived. */
export interface Gone {
  /** The document's clock. */
  readonly atMs: number
  /** It went into the back/forward cache and may come back. */
  readonly cached: boolean
  /** The URL of the page that came instead, where known. */
  readonly to: string | null
}

export interface Evidence {
  /** The document's own URL, and what to add to its clock for wall clock in ms since 1970. */
  readonly pageUrl: string
  readonly timeOriginMs: number
  readonly open: OpenRecord
  readonly head: HeadRecord | null
  /** What ended it. */
  readonly by: { readonly end: EndRecord } | { readonly gone: Gone }
  /** What happened right after that, if anything: the first cause decides, this is evidence beside it. */
  readonly also: AlsoRecord | null
  /** The document went away after the connection had ended. */
  readonly left: Gone | null
  readonly framing: Connection['framing']
  /** Text after the last complete block or line; null if there is none. */
  readonly tail: string | null
  /** The last event that came, its data cut; null if none did. */
  readonly lastEvent: { readonly type: string; readonly data: string } | null
  readonly sizeBytes: number
  readonly eventCount: number
  /** Parts of the body were not seen (dropped from the journal, lost on the way), so that counts and sizes are too small. */
  readonly missing: boolean
  /** EventSource: how often it connected. */
  readonly attempts: number
  /** EventSource: it was between two attempts when it ended. */
  readonly reconnecting: boolean
  /** The body's beginning, for HTTP errors. */
  readonly bodyStart: string
  /** What DevTools knows of its exchanges, oldest first; empty until it tells. */
  readonly network: readonly NetworkFacts[]
  /** What the stream's format must end with, and what it did end with; null where no format is known or it has no such event. */
  readonly terminal: { readonly expected: Wording; readonly came: Terminal | null } | null
}
