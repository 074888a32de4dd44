/** The plan of a run that an earlier panel sent. */
import type { Connection } from '../session/types.ts'
import { type ReplayPlan, USUAL_OPTIONS } from './replay.ts'

/** As far as its record tells. */
export function toAdoptedPlan({ open, transport }: Connection, of: string): ReplayPlan {
  return {
    request: {
      method: open.method,
      url: open.url,
      headers: open.headers,
      body: { kind: 'none' },
      ...USUAL_OPTIONS,
      timeoutMs: null,
    },
    way: 'page',
    as: transport === 'eventsource' ? 'eventsource' : 'fetch',
    stopAfter: { events: null, ms: null },
    repeat: { times: 1, atOnce: 1 },
    originalKey: of === '' ? null : of,
  }
}
