/**
 * The bounded, numbered record list of a document. It lives beside capture, so that with DevTools closed nothing is
 * decoded, copied between worlds or sent: a record is written as JSON only when somebody asks for it.
 */

/** What a journal may hold, in bytes as estimated by the one who appends. */
export const JOURNAL_BYTES = 8 * 1024 * 1024

export interface Entry {
  /** Set by the journal. */
  n: number
  /** Connection, 0 for the document's own. */
  readonly c: number
  readonly atMs: number
  readonly sizeBytes: number
  /** The record's JSON text; called with its number when it is sent, maybe more than once. */
  readonly json: (n: number) => string
}

export interface Journal {
  /** Adds a record that stays as long as there is room for it: openings, heads, endings, notes. Gives its number. */
  keep(entry: Entry): number
  /** Adds a record that may be dropped, oldest first: chunks and events. */
  add(entry: Entry): number
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

/** A first-in first-out list that forgets what was taken without moving the rest each time. */
interface Queue {
  items: (Entry | undefined)[]
  head: number
  sizeBytes: number
}

const createQueue = (bare: <T extends object>(value: T) => T): Queue => bare({ items: bare([]), head: 0, sizeBytes: 0 })

/** `bare` takes an object's prototype away where the page could change it; elsewhere the identity will do. */
export function createJournal(
  bytes: number = JOURNAL_BYTES,
  bare: <T extends object>(value: T) => T = (value) => value,
): Journal {
  const kept = createQueue(bare)
  const droppable = createQueue(bare)
  let lost: Lost[] = bare([])
  let last = 0
  let spared = 0
  // Openings, heads and endings outlive chunks, but a flood of connections is bounded too.
  const keptBytes = bytes / 2

  const push = (queue: Queue, entry: Entry): number => {
    entry.n = ++last
    queue.items[queue.items.length] = entry
    queue.sizeBytes += entry.sizeBytes
    while (droppable.sizeBytes + kept.sizeBytes > bytes && droppable.head < droppable.items.length - spared)
      drop(droppable)
    while (kept.sizeBytes > keptBytes && kept.head < kept.items.length) drop(kept)
    return last
  }

  const drop = (queue: Queue): void => {
    const entry = queue.items[queue.head]
    queue.items[queue.head++] = undefined
    if (!entry) return
    queue.sizeBytes -= entry.sizeBytes
    count(entry)
    if (queue.head > 1024 && queue.head * 2 > queue.items.length) {
      const rest: Queue['items'] = bare([])
      for (let i = queue.head; i < queue.items.length; i++) rest[rest.length] = queue.items[i]
      queue.items = rest
      queue.head = 0
    }
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
    lost[lost.length] = bare({ c, n: entry.n, atMs: entry.atMs, records: 1, sizeBytes: entry.sizeBytes })
  }

  /** Index of the first entry with a number of at least `from`. */
  const find = ({ items, head }: Queue, from: number): number => {
    let low = head
    let high = items.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((items[middle]?.n ?? 0) < from) low = middle + 1
      else high = middle
    }
    return low
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
    hold(on) {
      spared = on ? 1 : 0
    },
    get last() {
      return last
    },
    read(from, limit) {
      let a = find(kept, from)
      let b = find(droppable, from)
      let gap = nextLost(from)
      let json = ''
      let first = 0
      let n = 0
      while (json.length < limit) {
        const keptEntry = kept.items[a]
        const dropEntry = droppable.items[b]
        const next = keptEntry && (!dropEntry || keptEntry.n < dropEntry.n) ? keptEntry : dropEntry
        let text: string
        if (gap && (!next || gap.n < next.n)) {
          n = gap.n
          text = `{"k":"dropped","n":${n},"atMs":${gap.atMs},"c":${gap.c},"records":${gap.records},"sizeBytes":${gap.sizeBytes}}`
          gap = nextLost(n + 1)
        } else if (next) {
          n = next.n
          text = next.json(n)
          if (next === keptEntry) a++
          else b++
        } else break
        if (first === 0) first = n
        json += json === '' ? text : `,${text}`
      }
      return first === 0 ? null : { first, last: n, json: `[${json}]` }
    },
  }
}
