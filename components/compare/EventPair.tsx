import { t } from '../../lib/i18n/translate.ts'
import type { Connection, Entry } from '../../lib/session/types.ts'
import { DataView } from '../data/DataView.tsx'
import { DiffView } from '../data/DiffView.tsx'
import { formatSince } from '../parts/format.ts'
import { AwayText } from '../parts/AwayText.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import { toShortName } from './compared.ts'

/** More of an event is shown where there is room. */
const LOW_LENGTH = 5_000

interface EventPairProps {
  readonly a: Entry | null
  readonly b: Entry | null
  readonly base: Connection
  readonly other: Connection
  /** There is no room for more than the text. */
  readonly isLow: boolean
  readonly onClose: () => void
}

/** The open row: what differs between two events, what is ignored included; or the one that is alone. */
export function EventPair({ a, b, base, other, isLow, onClose }: EventPairProps) {
  const facts = [...(a === null ? [] : [factsOf(a, base)]), ...(b === null ? [] : [factsOf(b, other)])].join(' · ')
  const only = a ?? b
  const away = awayAmong([
    [a, base],
    [b, other],
  ])
  return (
    <section class="data-view compare-pair-view" aria-label={t('Open pair')}>
      <div class="view-bar">
        <span class="timeline-hint" title={facts}>
          {facts}
        </span>
        <IconButton icon="close" label={t('Close')} onClick={onClose} />
      </div>
      <div class="view-body compare-pair-body">
        {away !== null ? (
          <p class="none">
            <AwayText {...away} />
          </p>
        ) : a !== null && b !== null ? (
          <DiffView before={a.data} after={b.data} label={t('What differs between the two events')} />
        ) : (
          only !== null && <Alone text={only.data} isLow={isLow} />
        )}
      </div>
    </section>
  )
}

/** Of the two events, one whose text is not in memory. */
function awayAmong(sides: readonly (readonly [Entry | null, Connection])[]) {
  for (const [entry, { entries }] of sides) {
    if (entry?.away !== undefined) return { away: entry.away, bring: () => entries.bring(entry.index) }
  }
  return null
}

function Alone({ text, isLow }: { readonly text: string; readonly isLow: boolean }) {
  if (!isLow) return <DataView text={text} label={t('The event')} />
  return (
    <pre class="block" tabIndex={0} role="group" aria-label={t('The event')}>
      {text.slice(0, LOW_LENGTH)}
      {text.length > LOW_LENGTH && '…'}
    </pre>
  )
}

/** `#3: message 12, 0.812 s` */
function factsOf({ number, type, atMs, id }: Entry, connection: Connection): string {
  const since = formatSince(atMs - connection.open.atMs)
  return `${toShortName(connection)}: ${type} ${number}, ${since}${id === '' ? '' : `, id ${id}`}`
}
