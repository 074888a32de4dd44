import type { Connection, Entry } from '../../lib/session/types.ts'
import { CopyButton } from '../parts/CopyButton.tsx'
import { DataView } from '../data/DataView.tsx'
import { kindWord } from './EventRow.tsx'
import { formatSince, formatTimeOfDay } from '../parts/format.ts'
import { otherViews } from './other-views.tsx'
import { Icon } from '../parts/Icon.tsx'

interface EventDetailProps {
  readonly connection: Connection
  readonly entry: Entry
  readonly onClose: () => void
  /** Left out where the connection has no message. */
  readonly onShowInMessage?: () => void
  /** Opens the dialog for a format of the user's own, made from this event; `steps` lead to a value in it that was pointed at. */
  readonly onMakeRule: (steps?: readonly (string | number)[]) => void
}

/** One whole event. */
export function EventDetail({ connection, entry, onClose, onShowInMessage, onMakeRule }: EventDetailProps) {
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
        others={otherViews(connection, entry)}
        onPoint={onMakeRule}
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
            {/^\s*[[{]/.test(entry.data) && (
              <button
                type="button"
                class="text-button"
                title="Say where the text of a chat answer is in events like this one"
                onClick={() => onMakeRule()}
              >
                Read as chat …
              </button>
            )}
            {onShowInMessage !== undefined && entry.kind === 'event' && (
              <button
                type="button"
                class="text-button"
                title="Mark what this event brought in the Message tab"
                onClick={onShowInMessage}
              >
                Show in Message
              </button>
            )}
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
