import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { DiffRows } from '../../lib/compare/diff-rows.ts'
import type { EventDiff } from '../../lib/compare/event-diff.ts'
import { t } from '../../lib/i18n/translate.ts'
import type { Connection } from '../../lib/session/types.ts'
import { copyText } from '../parts/clipboard.ts'
import { useSaid } from '../parts/use-said.ts'
import { changesText } from './changes-text.ts'

const SAID_MS = 1500

interface CopyDifferencesProps {
  readonly diff: EventDiff
  /** Its rows: others after each comparison. */
  readonly rows: DiffRows
  readonly base: Connection
  readonly other: Connection
}

/** Copies the events that differ. Texts that are in the browser's storage are read first, which may take a while. */
export function CopyDifferences({ diff, rows, base, other }: CopyDifferencesProps) {
  const said = useSaid(SAID_MS)
  /** Percent of what is being read; null while nothing is. */
  const reading = useSignal<number | null>(null)
  /** What was read, but took so long that the browser no longer let it be copied for that click. */
  const read = useSignal<{ readonly rows: DiffRows; readonly text: string } | null>(null)
  const gone = useMemo(() => new AbortController(), [])
  useEffect(() => () => gone.abort(), [gone])

  const put = async (text: string, isLate: boolean) => {
    const isCopied = await copyText(text)
    read.value = isCopied || !isLate ? null : { rows, text }
    if (read.value === null) said.value = isCopied ? t('Copied') : t('Copying was refused')
  }
  const copy = async () => {
    if (reading.value !== null) return
    if (read.value?.rows === rows) return put(read.value.text, false)
    const made = changesText(diff, base, other, (share) => (reading.value = Math.floor(share * 100)), gone.signal)
    // Without waiting where nothing has to be waited for: copying has to follow the click soon.
    if (typeof made === 'string') return put(made, false)
    const text = await made.finally(() => (reading.value = null))
    if (!gone.signal.aborted) await put(text, true)
  }
  const percent = reading.value
  const label =
    percent !== null
      ? t('Reading texts: {percent} %', { percent })
      : read.value?.rows === rows
        ? t('Texts are read: copy them')
        : t('Copy differences')
  return (
    <button
      type="button"
      class="text-button"
      title={t('Copy the events that differ as text')}
      aria-disabled={percent !== null}
      aria-busy={percent !== null}
      onClick={() => void copy()}
    >
      <span aria-live={percent === null ? 'polite' : 'off'}>{said.value === '' ? label : said.value}</span>
    </button>
  )
}
