import type { Entry } from '../session/types.ts'

/** Few types come in one session, and each a million times. */
const known = new Map<string, boolean>()
const MOST_KNOWN = 1_000
const HEARTBEAT_TYPE = /^(?:ping|heart-?beat|keep-?alive)$/i

/** Whether an entry only says that the server is still there: a comment, or an event named after that. */
export function isHeartbeat({ kind, type }: Pick<Entry, 'kind' | 'type'>): boolean {
  // Most events have no type of their own: they are asked a million times.
  return kind === 'comment' || (kind === 'event' && type !== 'message' && isHeartbeatType(type))
}

/** Whether an event type's name says that it is a heartbeat. */
export function isHeartbeatType(type: string): boolean {
  const before = known.get(type)
  if (before !== undefined) return before
  const is = HEARTBEAT_TYPE.test(type)
  if (known.size < MOST_KNOWN) known.set(type, is)
  return is
}
