import { toStateWord } from '../../lib/endings/state-words.ts'
import { toDocumentNowMs } from '../../lib/session/figures.ts'
import { isLiveState, toLiveSentence } from '../../lib/session/live-state.ts'
import type { Connection } from '../../lib/session/types.ts'
import { Icon, type IconName } from '../parts/Icon.tsx'

type State = Connection['state']
/** The colour's meaning: live, good, neutral (the page's own doing), warning, bad. */
export type Tone = 'live' | 'good' | 'neutral' | 'warn' | 'bad'

/** Icon and colour of a state. */
export function lookOf(state: State): readonly [IconName, Tone] {
  switch (state) {
    case 'connecting':
    case 'waiting':
      return ['ring', 'live']
    case 'open':
      return ['dot', 'live']
    case 'reconnecting':
      return ['again', 'warn']
    case 'stalled':
      return ['pause', 'warn']
    case 'unread':
      return ['tray', 'warn']
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
      <span class="state-word">{toStateWord(state)}</span>
    </span>
  )
}

/** One sentence on how a connection ended, or on what it is doing at `nowWallMs`. */
export function stateSentence(connection: Connection, nowWallMs = Date.now()): string {
  const { ending, marks, state } = connection
  if (ending !== null) return ending.sentence
  return isLiveState(state) ? toLiveSentence(marks, state, toDocumentNowMs(connection, nowWallMs)) : ''
}
