/** Which states the list shows: one of a few groups, or one state. */
import type { Connection, ListRow, LiveState, Verdict } from '../../lib/session/types.ts'
import { msg } from '../../lib/i18n/translate.ts'

export type StateGroup = 'live' | 'ended well' | 'stopped' | 'failed'
export type StateChoice = 'all' | StateGroup | LiveState | Verdict

/** Groups and their names: messages. */
export const STATE_GROUPS: readonly (readonly [StateGroup, string])[] = [
  ['live', msg('Live')],
  ['ended well', msg('Ended well')],
  ['stopped', msg('Stopped')],
  ['failed', msg('Failed')],
]

/** The group that a state belongs to. */
export function groupOf(state: Connection['state']): StateGroup {
  switch (state) {
    case 'connecting':
    case 'waiting':
    case 'open':
    case 'stalled':
    case 'unread':
    case 'reconnecting':
      return 'live'
    case 'completed':
      return 'ended well'
    case 'cancelled':
    case 'aborted':
    case 'page gone':
      return 'stopped'
    case 'timed out':
    case 'incomplete':
    case 'http error':
    case 'refused':
    case 'unreachable':
    case 'lost':
    case 'error event':
      return 'failed'
    default:
      return state satisfies never
  }
}

export function isChosen({ state }: Connection, choice: StateChoice): boolean {
  return choice === 'all' || choice === state || choice === groupOf(state)
}

/** How many connections each choice would leave; choices that leave none are not in it, but for the groups. */
export function countStates(rows: readonly ListRow[]): ReadonlyMap<StateChoice, number> {
  const counts = new Map<StateChoice, number>([['all', 0], ...STATE_GROUPS.map(([group]) => [group, 0] as const)])
  const count = (choice: StateChoice) => counts.set(choice, (counts.get(choice) ?? 0) + 1)
  for (const row of rows) {
    if (row.kind !== 'connection') continue
    const { state } = row.connection
    count('all')
    count(groupOf(state))
    count(state)
  }
  return counts
}
