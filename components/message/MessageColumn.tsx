import type { TurnMessage } from '../../lib/formats/turn.ts'
import { t } from '../../lib/i18n/translate.ts'
import { PartView } from './PartView.tsx'
import { ShownLast } from './ShownLast.tsx'
import { partId } from './text-places.ts'
import type { TurnLook } from './text-pieces.ts'

/** Roles are the protocol's words. */
const USUAL_ROLE = 'assistant'

interface MessageColumnProps {
  readonly message: TurnMessage
  /** Its place among the turn's messages. */
  readonly index: number
  /** There are others beside it. */
  readonly isOneOfMany: boolean
  readonly look: TurnLook
  /** Index of the part that must be drawn. */
  readonly shown: number | null
}

/** One choice, or one message of several. */
export function MessageColumn({ message, index, isOneOfMany, look, shown }: MessageColumnProps) {
  const { role, finish, parts } = message
  const isFinished = finish !== null && finish.event < look.until
  return (
    <article
      class="turn-message"
      aria-label={isOneOfMany ? t('Message {number}', { number: index + 1 }) : t('Message')}
      data-message={index}
    >
      <header>
        <strong>{role || USUAL_ROLE}</strong>
        {isOneOfMany && <span class="quiet">{message.key}</span>}
        {isFinished && (
          <span class={`finish finish-${finish.kind}`} title={t('Finish reason, in the provider’s own word')}>
            {finish.reason}
          </span>
        )}
      </header>
      <ShownLast
        all={parts}
        noun="parts"
        shown={shown}
        render={(part, place) =>
          part.firstEvent < look.until ? (
            <PartView key={part.key} part={part} look={look} id={partId(index, place)} />
          ) : null
        }
      />
    </article>
  )
}
