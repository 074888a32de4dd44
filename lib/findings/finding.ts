/** What a finding is: a named diagnosis with its evidence and what to do. One file a rule; the list is rules.ts. */
import type { Chunks, Connection, Entry } from '../session/types.ts'

export interface Finding {
  /** The rule's name: `buffered-delivery` … */
  readonly rule: string
  readonly severity: Severity
  /** A few words. */
  readonly title: string
  /** What was seen, in one or two sentences with figures. */
  readonly sentence: string
  readonly evidence: readonly Proof[]
  /** What to do, one sentence each. */
  readonly advice: readonly string[]
}

/** `problem`: the stream is broken or lost something. `warning`: it works, but not well. `hint`: worth knowing. */
export type Severity = 'problem' | 'warning' | 'hint'

/** One piece of evidence, and where it is. */
export interface Proof {
  readonly text: string
  readonly place: Place | null
}

/** Where the user jumps to. */
export type Place =
  /** Index in the connection's entries. */
  | { readonly at: 'event'; readonly index: number }
  /** Index in its chunks. */
  | { readonly at: 'chunk'; readonly index: number }
  | { readonly at: 'request header' | 'response header'; readonly name: string }
  /** Another connection, by key. */
  | { readonly at: 'connection'; readonly key: string }

export interface Rule {
  readonly name: string
  /** A watcher for one connection. */
  watch(): Watcher
}

/** Looks at each chunk and entry once, in order, so that all rules together are linear in the stream. */
export interface Watcher {
  chunk?(chunk: Chunk, index: number, connection: Connection): void
  /** A chunk comes before the entries that it completes. Data and id are in `connection.entries`: cutting them out is dear. */
  entry?(entry: EntryMark, connection: Connection): void
  /** What can be said by now; asked again while the connection lives. Cheap: it never looks through the stream. */
  judge(connection: Connection, context: FindingContext): Finding | readonly Finding[] | null
}
/** An entry without its text. */
export type EntryMark = Pick<Entry, 'index' | 'kind' | 'type' | 'atMs'>
export type Chunk = ReturnType<Chunks['at']>

export interface FindingContext {
  /** Now, on the connection's own clock, in ms; its ending once it has one. */
  readonly nowMs: number
  /** All connections of the session, oldest first. */
  readonly connections: readonly Connection[]
}

export const toProof = (text: string, place: Place | null = null): Proof => ({ text, place })
export const atEvent = (index: number): Place => ({ at: 'event', index })
export const atChunk = (index: number): Place => ({ at: 'chunk', index })
export const atResponseHeader = (name: string): Place => ({ at: 'response header', name })
export const atRequestHeader = (name: string): Place => ({ at: 'request header', name })
