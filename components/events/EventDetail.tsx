import type { Connection, Entry } from '../../lib/session/types.ts'
import { t } from '../../lib/i18n/translate.ts'
import { AwayText } from '../parts/AwayText.tsx'
import { CopyButton } from '../parts/CopyButton.tsx'
import { DataView } from '../data/DataView.tsx'
import { kindWord } from './EventRow.tsx'
import { formatSince, formatTimeOfDay } from '../parts/format.ts'
import { otherViews } from './other-views.tsx'
import { IconButton } from '../parts/IconButton.tsx'

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
    t('{time} after the start', { time: formatSince(entry.atMs - connection.open.atMs) }),
    ...(entry.chunk < 0 ? [] : [t('chunk {number}', { number: entry.chunk + 1 })]),
  ]
  return (
    <section
      class="event-detail"
      aria-label={t('Open event')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      {entry.away !== undefined && (
        <p class="hint">
          <AwayText away={entry.away} bring={() => connection.entries.bring(entry.index)} />
        </p>
      )}
      <DataView
        text={entry.data}
        label={t('Event data')}
        others={otherViews(connection, entry)}
        onPoint={onMakeRule}
        before={
          <>
            <strong class="detail-name" title={kind?.[1] ?? t('Event type')}>
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
                title={t('Say where the text of a chat answer is in events like this one')}
                onClick={() => onMakeRule()}
              >
                {t('Read as chat …')}
              </button>
            )}
            {onShowInMessage !== undefined && entry.kind === 'event' && (
              <button
                type="button"
                class="text-button"
                title={t('Mark what this event brought in the Message tab')}
                onClick={onShowInMessage}
              >
                {t('Show in Message')}
              </button>
            )}
            <CopyButton label={t('Copy')} title={t('Copy the data as it came')} text={() => entry.data} />
            <IconButton icon="close" label={t('Close event')} title={t('Close event (Escape)')} onClick={onClose} />
          </>
        }
      />
    </section>
  )
}
