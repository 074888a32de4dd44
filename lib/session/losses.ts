import { toCountWords, toSizeWords } from '../endings/words.ts'

/** What was left out anywhere, so that nothing missing looks like nothing happened. */
export interface Losses {
  readonly sentences: readonly string[]
  /** A batch that is no JSON list. */
  unreadableBatch(): void
  /** A record without the shape of one. */
  badRecord(): void
  /** A record of an unknown connection, or one that cannot follow what came before. */
  misplacedRecord(): void
  /** The page's journal was full. */
  dropped(records: number, sizeBytes: number): void
  /** The hub let go of records. */
  lost(records: number, sizeBytes: number): void
  /** Capture cut an event or chunk. */
  cut(): void
  otherVersion(theirs: unknown, ours: number): void
}

export function createLosses(): Losses {
  const counts = { unreadable: 0, bad: 0, misplaced: 0, cut: 0 }
  const dropped = { records: 0, sizeBytes: 0 }
  const lost = { records: 0, sizeBytes: 0 }
  let version = ''
  /** Null after a change: a flood of losses should not write sentences nobody reads. */
  let sentences: readonly string[] | null = []

  function write(): readonly string[] {
    const sizeOf = ({ records, sizeBytes }: typeof lost) =>
      `${toCountWords(records, 'record')} (${toSizeWords(sizeBytes)})`
    const all: string[] = []
    if (version !== '') all.push(version)
    if (dropped.records > 0)
      all.push(`Dropped in the page before they could be shown, as its journal was full: ${sizeOf(dropped)}.`)
    if (lost.records > 0) all.push(`Let go on the way, as no panel was there to take them: ${sizeOf(lost)}.`)
    if (counts.cut > 0)
      all.push(
        `Too large to keep whole, so cut: ${counts.cut === 1 ? '1 event or chunk' : `${counts.cut} events or chunks`}.`,
      )
    if (counts.unreadable > 0)
      all.push(`Left out, as it could not be read: ${toCountWords(counts.unreadable, 'message')} from the page.`)
    if (counts.bad > 0)
      all.push(`Left out, as not in the shape of a record: ${toCountWords(counts.bad, 'record')} from the page.`)
    if (counts.misplaced > 0)
      all.push(`Left out, as fitting no connection: ${toCountWords(counts.misplaced, 'record')} from the page.`)
    return all
  }

  function count(what: keyof typeof counts): void {
    counts[what] += 1
    sentences = null
  }

  function add(to: { records: number; sizeBytes: number }, records: number, sizeBytes: number): void {
    to.records += records
    to.sizeBytes += sizeBytes
    sentences = null
  }

  return {
    get sentences() {
      sentences ??= write()
      return sentences
    },
    unreadableBatch: () => count('unreadable'),
    badRecord: () => count('bad'),
    misplacedRecord: () => count('misplaced'),
    cut: () => count('cut'),
    dropped: (records, sizeBytes) => add(dropped, records, sizeBytes),
    lost: (records, sizeBytes) => add(lost, records, sizeBytes),
    otherVersion(theirs, ours) {
      version = `The page speaks version ${String(theirs)} of our messages, this panel version ${ours}: close and reopen DevTools, then reload the page.`
      sentences = null
    },
  }
}
