/** What `attempts` says of each request with the same tag: `attempts=rst,204` breaks the first and answers 204 to the rest. */
import { DEEDS } from './fault.ts'
import type { Query } from './query.ts'

type Change = readonly [name: string, value: string]

/** As the other parameters say. */
export const DEFAULT_ATTEMPT: readonly Change[] = []

/**
 * One entry an attempt, the last one for all that follow: `ok`, a status, something to do, or any `name=value`, several of
 * them joined by `;`.
 */
export function readAttempts(query: Query): (readonly Change[])[] {
  const value = query.text('attempts', '')
  if (value === '') return []
  return value.split(',').map((entry) => entry.split(';').flatMap((part) => readChange(query, part)))
}

function readChange(query: Query, entry: string): Change[] {
  if (entry === 'ok') return []
  if (/^\d{3}$/.test(entry)) return [['status', entry]]
  if (DEEDS.some((deed) => deed === entry)) return [['do', entry]]
  const equals = entry.indexOf('=')
  const name = entry.slice(0, Math.max(equals, 0))
  // These are read before an attempt is known, or belong to all of them.
  if (equals > 0 && !['attempts', 'tag', 'raw'].includes(name)) return [[name, entry.slice(equals + 1)]]
  query.complain(
    'attempts',
    `"attempts" has "${entry}", which is neither ok, a status, something to do, nor name=value.`,
  )
  return []
}
