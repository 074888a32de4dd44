import type { TurnMessage } from '../../lib/formats/turn.ts'
import { PartView } from './PartView.tsx'
import { ShownLast } from './ShownLast.tsx'
import { partId } from './text-places.ts'
import type { TurnLook } from './text-pieces.ts'

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
    <article class="turn-message" aria-label={isOneOfMany ? `Message ${index + 1}` : 'Message'} data-message={index}>
      <header>
        <strong>{role || 'assistant'}</strong>
        {isOneOfMany && <span class="quiet">{message.key}</span>}
        {isFinished && (
          <span class={`finish finish-${finish.kind}`} title="Finish reason, in the provider’s own word">
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
