import { toSizeWords } from '../endings/words.ts'
import { type Language, language, t, tn } from '../i18n/translate.ts'

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
  let versions: { readonly theirs: string; readonly ours: number } | null = null
  /** Null after a change: a flood of losses should not write sentences nobody reads. */
  let written: { readonly in: Language; readonly sentences: readonly string[] } | null = null

  function write(): readonly string[] {
    const sizeOf = ({ records, sizeBytes }: typeof lost) =>
      t('{records} ({size})', { records: toRecordWords(records), size: toSizeWords(sizeBytes) })
    const all: string[] = []
    if (versions !== null)
      all.push(
        t(
          'The page speaks version {theirs} of our messages, this panel version {ours}: close and reopen DevTools, then reload the page.',
          versions,
        ),
      )
    if (dropped.records > 0)
      all.push(
        t('Dropped in the page before they could be shown, as its journal was full: {records}.', {
          records: sizeOf(dropped),
        }),
      )
    if (lost.records > 0)
      all.push(t('Let go on the way, as no panel was there to take them: {records}.', { records: sizeOf(lost) }))
    if (counts.cut > 0)
      all.push(
        tn(
          counts.cut,
          'Too large to keep whole, so cut: {n} event or chunk.',
          'Too large to keep whole, so cut: {n} events or chunks.',
        ),
      )
    if (counts.unreadable > 0)
      all.push(
        tn(
          counts.unreadable,
          'Left out, as it could not be read: {n} message from the page.',
          'Left out, as it could not be read: {n} messages from the page.',
        ),
      )
    if (counts.bad > 0)
      all.push(
        t('Left out, as not in the shape of a record: {records} from the page.', {
          records: toRecordWords(counts.bad),
        }),
      )
    if (counts.misplaced > 0)
      all.push(
        t('Left out, as fitting no connection: {records} from the page.', { records: toRecordWords(counts.misplaced) }),
      )
    return all
  }

  function count(what: keyof typeof counts): void {
    counts[what] += 1
    written = null
  }

  function add(to: { records: number; sizeBytes: number }, records: number, sizeBytes: number): void {
    to.records += records
    to.sizeBytes += sizeBytes
    written = null
  }

  return {
    get sentences() {
      if (written?.in !== language.value) written = { in: language.value, sentences: write() }
      return written.sentences
    },
    unreadableBatch: () => count('unreadable'),
    badRecord: () => count('bad'),
    misplacedRecord: () => count('misplaced'),
    cut: () => count('cut'),
    dropped: (records, sizeBytes) => add(dropped, records, sizeBytes),
    lost: (records, sizeBytes) => add(lost, records, sizeBytes),
    otherVersion(theirs, ours) {
      versions = { theirs: String(theirs), ours }
      written = null
    },
  }
}

const toRecordWords = (count: number): string => tn(count, '{n} record', '{n} records')
