import type { Connection } from '../../lib/session/types.ts'
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
  const names =
    first.index === last.index
      ? `event ${formatCount(first.number)}`
      : `events ${formatCount(first.number)}–${formatCount(last.number)}`
  const took = first.index === last.index ? '' : ` · within ${formatDuration(last.atMs - first.atMs)}`
  return (
    <div class="selection-bar" role="status">
      <span>
        Brought by {names} · {formatSince(first.atMs - open.atMs)} after the call{took}
      </span>
      <button type="button" class="text-button" onClick={onShow}>
        Show in Events
      </button>
      <button type="button" class="text-button" onClick={onClose}>
        Unmark
      </button>
    </div>
  )
}
