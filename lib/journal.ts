/**
 * The bounded, numbered record list of a document. It lives beside capture, so that with DevTools closed nothing is
 * decoded, copied between worlds or sent: a record is written as JSON only when somebody asks for it.
 */

/** What a journal may hold, in bytes as estimated by the one who appends, unless the user says otherwise. */
export const JOURNAL_BYTES = 8 * 1024 * 1024

/** A record, made by the one who appends. It is an element of the journal's lists itself: nothing is allocated beside it. */
export interface Entry {
  /** Set by the journal, as is `next`. */
  n: number
  next: Entry | null
  /** Connection, 0 for the document's own. */
  readonly c: number
  readonly atMs: number
  readonly sizeBytes: number
  /** The record's JSON text; called when it is sent, maybe more than once. */
  json(): string
  /** Called when the journal drops it. */
  letGo(): void
}

export interface Journal {
  /** Adds a record that stays as long as there is room for it: openings, heads, endings, notes. Gives its number. */
  keep(entry: Entry): number
  /** Adds a record that may be dropped, oldest first: chunks and events. */
  add(entry: Entry): number
  /** Drops what would have to go for a record of this size: its memory can then be used for that record. */
  makeRoom(sizeBytes: number): void
  /** Another bound from now on, in bytes. */
  limit(bytes: number): void
  /** While held, the newest record is not dropped for its size alone: somebody is about to read it. */
  hold(on: boolean): void
  /** Highest number given. */
  readonly last: number
  /**
   * Joins the JSON of records from number `from` until about `limit` characters. What was dropped in between is said by
   * `dropped` records in the place of the last record dropped. Null when there is nothing from `from` on.
   */
  read(from: number, limit: number): { first: number; last: number; json: string } | null
}

interface Lost {
  c: number
  n: number
  atMs: number
  records: number
  sizeBytes: number
}

/** A first-in first-out list. */
interface Queue {
  first: Entry | null
  last: Entry | null
  /** The one last read, if it is still there: readers go on from where they were. */
  read: Entry | null
  sizeBytes: number
}

const createQueue = (): Queue => ({ first: null, last: null, read: null, sizeBytes: 0 })

/** `bare` takes an object's prototype away where the page could change it; elsewhere the identity will do. */
export function createJournal(
  firstBytes: number = JOURNAL_BYTES,
  bare: <T extends object>(value: T) => T = (value) => value,
): Journal {
  const kept = createQueue()
  const droppable = createQueue()
  const lost: Lost[] = bare([])
  let last = 0
  let isHeld = false
  let bytes = firstBytes

  const push = (queue: Queue, entry: Entry): number => {
    entry.n = ++last
    if (queue.last) queue.last.next = entry
    else queue.first = entry
    queue.last = entry
    queue.sizeBytes += entry.sizeBytes
    trim()
    return last
  }

  const trim = (): void => {
    makeRoom(0)
    // Openings, heads and endings outlive chunks, but a flood of connections is bounded too.
    while (kept.sizeBytes > bytes / 2 && dropKept());
  }

  /** The first record names the document and its clock: all that follow need it. */
  const dropKept = (): boolean => {
    const { first } = kept
    const oldest = first?.n === 1 ? first.next : first
    if (!oldest || (isHeld && oldest.n === last)) return false
    if (first && first !== oldest) {
      kept.first = first.next
      drop(kept, oldest)
      first.next = kept.first
      kept.first = first
      kept.last ??= first
    } else drop(kept, oldest)
    return true
  }

  const makeRoom = (sizeBytes: number): void => {
    while (
      droppable.sizeBytes + kept.sizeBytes + sizeBytes > bytes &&
      droppable.first &&
      !(isHeld && droppable.first.n === last)
    )
      drop(droppable, droppable.first)
  }

  const drop = (queue: Queue, entry: Entry): void => {
    queue.first = entry.next
    entry.next = null
    if (!queue.first) queue.last = null
    if (queue.read === entry) queue.read = null
    queue.sizeBytes -= entry.sizeBytes
    count(entry)
    entry.letGo()
  }

  const count = (entry: Entry): void => {
    // A flood of connections must not make this list grow: past a bound, losses are counted for the document as a whole.
    const c = lost.length > 1000 ? 0 : entry.c
    for (let i = lost.length - 1; i >= 0; i--) {
      const known = lost[i]
      if (known?.c !== c) continue
      known.n = entry.n
      known.atMs = entry.atMs
      known.records++
      known.sizeBytes += entry.sizeBytes
      return
    }
    lost[lost.length] = { c, n: entry.n, atMs: entry.atMs, records: 1, sizeBytes: entry.sizeBytes }
  }

  /** The first entry with a number of at least `from`. */
  const find = ({ first, read }: Queue, from: number): Entry | null => {
    let entry = read && read.n < from ? read : first
    while (entry && entry.n < from) entry = entry.next
    return entry
  }

  const nextLost = (after: number): Lost | undefined => {
    let best: Lost | undefined
    for (let i = 0; i < lost.length; i++) {
      const candidate = lost[i]
      if (candidate && candidate.n >= after && (!best || candidate.n < best.n)) best = candidate
    }
    return best
  }

  return {
    keep: (entry) => push(kept, entry),
    add: (entry) => push(droppable, entry),
    makeRoom,
    limit(to) {
      bytes = to
      trim()
    },
    hold(on) {
      isHeld = on
    },
    get last() {
      return last
    },
    read(from, limit) {
      let keptEntry = find(kept, from)
      let dropEntry = find(droppable, from)
      let gap = nextLost(from)
      let json = ''
      let first = 0
      let n = 0
      while (json.length < limit) {
        const next = keptEntry && (!dropEntry || keptEntry.n < dropEntry.n) ? keptEntry : dropEntry
        let text: string
        if (gap && (!next || gap.n < next.n)) {
          n = gap.n
          text = `{"k":"dropped","n":${n},"atMs":${gap.atMs},"c":${gap.c},"records":${gap.records},"sizeBytes":${gap.sizeBytes}}`
          gap = nextLost(n + 1)
        } else if (next) {
          n = next.n
          text = next.json()
          if (next === keptEntry) {
            kept.read = next
            keptEntry = next.next
          } else {
            droppable.read = next
            dropEntry = next.next
          }
        } else break
        if (first === 0) first = n
        json += json === '' ? text : `,${text}`
      }
      return first === 0 ? null : { first, last: n, json: `[${json}]` }
    },
  }
}
