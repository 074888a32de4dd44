import type { Connection } from '../../lib/session/types.ts'
import { Icon, type IconName } from '../parts/Icon.tsx'

type State = Connection['state']
/** The colour's meaning: live, good, neutral (the page's own doing), warning, bad. */
type Tone = 'live' | 'good' | 'neutral' | 'warn' | 'bad'

function lookOf(state: State): readonly [IconName, Tone] {
  switch (state) {
    case 'connecting':
    case 'waiting':
      return ['ring', 'live']
    case 'open':
      return ['dot', 'live']
    case 'reconnecting':
      return ['again', 'warn']
    case 'completed':
      return ['check', 'good']
    case 'incomplete':
      return ['partial', 'warn']
    case 'cancelled':
      return ['stop', 'neutral']
    case 'aborted':
      return ['abort', 'neutral']
    case 'timed out':
      return ['clock', 'warn']
    case 'page gone':
      return ['gone', 'neutral']
    case 'http error':
    case 'refused':
    case 'unreachable':
    case 'lost':
    case 'error event':
      return ['cross', 'bad']
    default:
      return state satisfies never
  }
}

/** A state as icon, word and colour. */
export function StateLabel({ state }: { readonly state: State }) {
  const [icon, tone] = lookOf(state)
  return (
    <span class={`state tone-${tone}`}>
      <Icon name={icon} />
      <span class="state-word">{state === 'http error' ? 'HTTP error' : state}</span>
    </span>
  )
}

/** One sentence on how a connection ended, or on what it is doing. */
export function stateSentence(connection: Connection): string {
  const { ending, state } = connection
  if (ending !== null) return ending.sentence
  switch (state) {
    case 'connecting':
      return 'Sent. No answer yet.'
    case 'waiting':
      return 'Answered. No byte of the body yet.'
    case 'open':
      return 'Receiving.'
    case 'reconnecting':
      return 'The connection broke. The browser will try again.'
    default:
      return ''
  }
}
