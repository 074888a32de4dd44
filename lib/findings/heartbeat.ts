import type { Entry } from '../session/types.ts'

const HEARTBEAT_TYPE = /^(?:ping|heart-?beat|keep-?alive)$/i

/** Whether an entry only says that the server is still there: a comment, or an event named after that. */
export function isHeartbeat({ kind, type }: Pick<Entry, 'kind' | 'type'>): boolean {
  // Most events have no type of their own: they are asked a million times.
  return kind === 'comment' || (kind === 'event' && type !== 'message' && HEARTBEAT_TYPE.test(type))
}

/** Whether an event type's name says that it is a heartbeat. */
export function isHeartbeatType(type: string): boolean {
  return HEARTBEAT_TYPE.test(type)
}
