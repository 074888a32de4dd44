import type { Connection, Entry } from '../../lib/session/types.ts'
import { CopyButton } from '../parts/CopyButton.tsx'
import { DataView } from '../data/DataView.tsx'
import { kindWord } from './EventRow.tsx'
import { formatSince, formatTimeOfDay } from '../parts/format.ts'
import { Icon } from '../parts/Icon.tsx'

interface EventDetailProps {
  readonly connection: Connection
  readonly entry: Entry
  readonly onClose: () => void
}

/** One whole event. */
export function EventDetail({ connection, entry, onClose }: EventDetailProps) {
  const kind = kindWord(entry.kind)
  const facts = [
    ...(entry.id === '' ? [] : [`id ${entry.id}`]),
    formatTimeOfDay(connection.frame.timeOriginMs + entry.atMs),
    `${formatSince(entry.atMs - connection.open.atMs)} after the start`,
    ...(entry.chunk < 0 ? [] : [`chunk ${entry.chunk + 1}`]),
  ]
  return (
    <section
      class="event-detail"
      aria-label="Open event"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <DataView
        text={entry.data}
        label="Event data"
        before={
          <>
            <strong class="detail-name" title={kind?.[1] ?? 'Event type'}>
              {entry.number > 0 ? `#${entry.number} ` : ''}
              {kind?.[0] ?? entry.type}
            </strong>
            <span class="detail-facts" title={facts.join(' · ')}>
              {facts.join(' · ')}
            </span>
          </>
        }
        after={
          <>
            <CopyButton label="Copy" title="Copy the data as it came" text={() => entry.data} />
            <button
              type="button"
              class="icon-button"
              aria-label="Close event"
              title="Close event (Escape)"
              onClick={onClose}
            >
              <Icon name="close" />
            </button>
          </>
        }
      />
    </section>
  )
}
