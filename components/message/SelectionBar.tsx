import type { Connection } from '../../lib/session/types.ts'
import { t } from '../../lib/i18n/translate.ts'
import { formatCount, formatDuration, formatSince } from '../parts/format.ts'
import type { EntryRange } from './text-places.ts'

interface SelectionBarProps {
  readonly connection: Connection
  readonly range: EntryRange
  readonly onShow: () => void
  readonly onClose: () => void
}

/** Which events brought the selected text. */
export function SelectionBar({ connection, range, onShow, onClose }: SelectionBarProps) {
  const { entries, open } = connection
  const [first, last] = [entries.at(range.from), entries.at(range.to)]
  const time = formatSince(first.atMs - open.atMs)
  const words =
    first.index === last.index
      ? t('Brought by event {number} · {time} after the call', { number: formatCount(first.number), time })
      : t('Brought by events {first}–{last} · {time} after the call · within {took}', {
          first: formatCount(first.number),
          last: formatCount(last.number),
          time,
          took: formatDuration(last.atMs - first.atMs),
        })
  return (
    <div class="selection-bar" role="status">
      <span>{words}</span>
      <button type="button" class="text-button" onClick={onShow}>
        {t('Show in Events')}
      </button>
      <button type="button" class="text-button" onClick={onClose}>
        {t('Unmark')}
      </button>
    </div>
  )
}
