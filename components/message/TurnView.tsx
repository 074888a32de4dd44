import type { Turn, TurnMessage } from '../../lib/formats/turn.ts'
import { joinItems, joinSentences } from '../../lib/i18n/joined.ts'
import { say } from '../../lib/i18n/saying.ts'
import { t } from '../../lib/i18n/translate.ts'
import type { Connection } from '../../lib/session/types.ts'
import { formatCount, formatDuration } from '../parts/format.ts'
import { MessageColumn } from './MessageColumn.tsx'
import { ShownLast } from './ShownLast.tsx'
import { type TurnLook, WAIT_STEPS_MS } from './text-pieces.ts'

interface TurnViewProps {
  readonly connection: Connection
  readonly turn: Turn
  readonly look: TurnLook
  /** The part that must be drawn, as `partId` made it. */
  readonly shownPart: string | null
}

/** All messages of a turn: choices side by side, messages one after another. */
export function TurnView({ connection, turn, look, shownPart }: TurnViewProps) {
  const { messages, errors } = turn
  const [shownMessage, shownIndex] = shownPart?.split('.').map(Number) ?? []
  const cut = look.until === Infinity ? cutSentence(connection, turn) : ''
  return (
    <>
      {look.waitMs !== null && <HeatLegend />}
      <div class={areChoices(messages) ? 'turn-choices' : 'turn-messages'}>
        <ShownLast
          all={messages}
          noun="messages"
          shown={shownMessage ?? null}
          render={(message, index) =>
            firstEventOf(message) < look.until ? (
              <MessageColumn
                key={message.key}
                message={message}
                index={index}
                isOneOfMany={messages.length > 1}
                look={look}
                shown={index === shownMessage ? (shownIndex ?? null) : null}
              />
            ) : null
          }
        />
      </div>
      {errors
        .filter(({ event }) => event < look.until)
        .map(({ text, code }, index) => (
          <p key={index} class="turn-error" role="alert">
            <strong>{code === '' ? t('Error:') : t('Error {code}:', { code })}</strong> {say(text)}
          </p>
        ))}
      {messages.length === 0 && errors.length === 0 && (
        <p class="quiet">{connection.alive ? t('No part of an answer yet.') : t('No part of an answer came.')}</p>
      )}
      {cut !== '' && <p class="turn-cut">{cut}</p>}
      {turn.unknown.length > 0 && (
        <p class="quiet">
          {t('Not read, as the format does not know it: {names}', { names: joinItems(turn.unknown.map(unknownWords)) })}
        </p>
      )}
    </>
  )
}

function unknownWords({ name, count }: Turn['unknown'][number]): string {
  return count > 1 ? `${name} (${formatCount(count)})` : name
}

function HeatLegend() {
  return (
    <p class="heat-legend quiet" aria-label={t('Colours of waits')}>
      {t('Waited for:')}
      {WAIT_STEPS_MS.map((ms, index) => (
        <span key={ms} data-heat={index + 1}>
          ≥ {formatDuration(ms)}
        </span>
      ))}
    </p>
  )
}

function firstEventOf({ parts, finish }: TurnMessage): number {
  return parts[0]?.firstEvent ?? finish?.event ?? 0
}

function lastEventOf({ parts }: TurnMessage): number {
  // Not Math.max(...): there may be more parts than a call may have arguments.
  return parts.reduce((last, { lastEvent }) => Math.max(last, lastEvent), -1)
}

/** Choices grow at the same time; messages of agents come one after another. */
function areChoices(messages: readonly TurnMessage[]): boolean {
  const [first, second] = messages
  return first !== undefined && second !== undefined && firstEventOf(second) <= lastEventOf(first)
}

/** That the answer is not whole, and why. */
function cutSentence({ alive, ending, state }: Connection, { endedAt, errors }: Turn): string {
  if (alive || ending === null || endedAt !== null || errors.length > 0 || state === 'completed') return ''
  return joinSentences([t('Cut off here.'), ending.sentence])
}
