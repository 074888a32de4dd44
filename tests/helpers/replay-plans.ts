/** Plans of replays, for tests. */
import type { ReplayPlan, SendableRequest } from '../../lib/replay/replay.ts'

export interface GivenPlan extends Partial<Omit<ReplayPlan, 'request'>> {
  readonly request?: Partial<SendableRequest>
}

/** A GET as the page, once; with what is given in its place. */
export const plan = ({ request = {}, ...given }: GivenPlan = {}): ReplayPlan => ({
  way: 'page',
  as: 'fetch',
  stopAfter: { events: null, ms: null },
  repeat: { times: 1, atOnce: 1 },
  originalKey: null,
  ...given,
  request: {
    method: 'GET',
    url: 'https://api.test/chat',
    headers: [],
    body: { kind: 'none' },
    credentials: 'same-origin',
    mode: 'cors',
    redirect: 'follow',
    cache: 'default',
    referrer: 'about:client',
    referrerPolicy: '',
    timeoutMs: null,
    ...request,
  },
})
