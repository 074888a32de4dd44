/** Keeps the texts of all connections within a bound: the oldest segments go to the browser's storage, or are dropped. */
import type { TextBound } from './text-bound.ts'
import type { Away } from './text-store.ts'
import type { TextStorage } from './text-storage.ts'

/** Bytes of texts from the storage that stay readable; the least recently read go first. */
const BROUGHT_BYTES = 16 * 1024 * 1024
/** Bytes that are on their way to the storage at most: more at a time would be no quicker, and could no longer be told to stay. */
const LEAVING_BYTES = 16 * 1024 * 1024

/** A part of a connection's text that is put away as a whole. */
export interface Segment {
  readonly from: number
  readonly to: number
  /** Null while it is away. */
  text: string | null
  /** Null while it is held for good; `stored` with a text: it was brought from the storage, and goes again. */
  away: Away | null
  /** In the storage. */
  key: number | null
  reading: Promise<void> | null
  /** False while somebody still reads along in it. */
  isSettled(): boolean
  /** Called before it is put away for the first time. */
  leave(): void
  /** Called when it went, came or was lost outside of any call. */
  moved(): void
}

/** What became of the texts so far. */
export interface TextTotals {
  readonly heldBytes: number
  readonly storedBytes: number
  readonly droppedBytes: number
  /** The storage refused: what was to go there was dropped. Empty if it did not. */
  readonly refusal: string
}

export interface TextKeeper {
  readonly totals: TextTotals
  /** Text that is no whole segment yet grew by so many characters. */
  grow(length: number): void
  hold(segment: Segment): void
  /** Puts away what is too much. */
  keepBound(): void
  /** Resolves when all of them can be read, or are found to be lost. */
  bring(segments: readonly Segment[]): Promise<void>
  release(segments: readonly Segment[]): void
}

export interface KeeperOptions {
  readonly bound: () => TextBound
  readonly storage: () => TextStorage
}

/** Bytes that the engine needs for the characters. */
export function toTextBytes(text: string): number {
  // oxlint-disable-next-line no-control-regex -- Latin-1 is what is kept in one byte
  return /[^\u0000-\u00ff]/.test(text) ? text.length * 2 : text.length
}

export function createTextKeeper({ bound, storage }: KeeperOptions): TextKeeper {
  /** Oldest first. */
  const held = new Map<Segment, number>()
  const leaving = new Map<Segment, number>()
  const stored = new Map<Segment, number>()
  const brought = new Map<Segment, number>()
  let [openBytes, heldBytes, leavingBytes, storedBytes, droppedBytes, broughtBytes] = [0, 0, 0, 0, 0, 0]
  let refusal = ''

  function drop(segment: Segment, bytes: number): void {
    segment.text = null
    segment.away = 'dropped'
    droppedBytes += bytes
  }

  function unhold(segment: Segment, bytes: number): void {
    held.delete(segment)
    heldBytes -= bytes
  }

  function putAway(segment: Segment, bytes: number): void {
    unhold(segment, bytes)
    segment.leave()
    if (bound().beyond === 'drop' || refusal !== '') return drop(segment, bytes)
    leaving.set(segment, bytes)
    leavingBytes += bytes
    void store(segment, bytes)
  }

  /** Readable until it is safely there. */
  async function store(segment: Segment, bytes: number): Promise<void> {
    const key = await storage()
      .put(segment.text ?? '')
      .catch((error: unknown) => {
        refusal = error instanceof Error ? error.message || error.name : String(error)
        return null
      })
    // Released meanwhile.
    if (!leaving.delete(segment)) {
      if (key !== null) storage().remove([key])
      return
    }
    leavingBytes -= bytes
    if (key === null) {
      drop(segment, bytes)
    } else {
      segment.text = null
      segment.away = 'stored'
      segment.key = key
      stored.set(segment, bytes)
      storedBytes += bytes
    }
    keeper.keepBound()
    segment.moved()
  }

  function lose(segment: Segment): void {
    const bytes = stored.get(segment)
    if (bytes === undefined) return
    stored.delete(segment)
    storedBytes -= bytes
    drop(segment, bytes)
  }

  async function read(segments: readonly Segment[]): Promise<void> {
    const keys = segments.map(({ key }) => key ?? -1)
    const texts = await storage()
      .get(keys)
      .catch(() => [])
    segments.forEach((segment, index) => {
      segment.reading = null
      if (segment.away !== 'stored') return
      const text = texts[index]
      if (text === undefined) return lose(segment)
      segment.text = text
      broughtBytes += stored.get(segment) ?? 0
      brought.set(segment, stored.get(segment) ?? 0)
    })
    for (const [segment, bytes] of brought) {
      // What was asked for now stays, however much it is.
      if (broughtBytes <= BROUGHT_BYTES || segments.includes(segment)) break
      brought.delete(segment)
      broughtBytes -= bytes
      segment.text = null
      segment.moved()
    }
    for (const segment of segments) segment.moved()
  }

  const keeper: TextKeeper = {
    get totals() {
      return { heldBytes: openBytes + heldBytes + leavingBytes, storedBytes, droppedBytes, refusal }
    },
    grow(length) {
      openBytes += length
    },
    hold(segment) {
      const bytes = toTextBytes(segment.text ?? '')
      held.set(segment, bytes)
      heldBytes += bytes
      keeper.keepBound()
    },
    keepBound() {
      const most = Math.max(0, bound().bytes - openBytes)
      if (heldBytes <= most) return
      for (const [segment, bytes] of held) {
        if (heldBytes <= most || leavingBytes >= LEAVING_BYTES) break
        if (segment.isSettled()) putAway(segment, bytes)
      }
    },
    async bring(segments) {
      const fresh = segments.filter(({ reading }) => reading === null)
      const reading = fresh.length === 0 ? null : read(fresh)
      for (const segment of fresh) segment.reading = reading
      await Promise.all(segments.flatMap(({ reading: underWay }) => (underWay === null ? [] : [underWay])))
    },
    release(segments) {
      const keys: number[] = []
      for (const segment of segments) {
        const heldOf = held.get(segment)
        if (heldOf !== undefined) unhold(segment, heldOf)
        leavingBytes -= leaving.get(segment) ?? 0
        leaving.delete(segment)
        broughtBytes -= brought.get(segment) ?? 0
        brought.delete(segment)
        storedBytes -= stored.get(segment) ?? 0
        if (stored.delete(segment) && segment.key !== null) keys.push(segment.key)
        segment.text = null
        segment.away = 'dropped'
      }
      if (keys.length > 0) storage().remove(keys)
    },
  }
  return keeper
}

/** Holds everything: for connections without a session. */
export const holdAll: TextKeeper = {
  totals: { heldBytes: 0, storedBytes: 0, droppedBytes: 0, refusal: '' },
  grow() {},
  hold() {},
  keepBound() {},
  bring: async () => {},
  release() {},
}
