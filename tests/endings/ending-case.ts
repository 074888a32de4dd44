/** One row of the table that the endings test runs and docs/endings.md is made from. */
import type { Transport } from '../../lib/protocol.ts'
import type { Ending, Phase, Verdict } from '../../lib/session/types.ts'

/** What the server does, in words, and as the fault server's parameters. */
export interface ServerAct {
  readonly does: string
  readonly query: string
  /** Nothing listens there; it has no address; it speaks HTTP/2. */
  readonly host?: 'refused' | 'unknown' | 'http2'
}

/** What the page does, in words, and as the code that runs in it. */
export interface PageAct {
  readonly does: string
  readonly code: string
  /** It runs in a frame, with which this is done after that. */
  readonly leaves?: 'navigate frame' | 'reload frame' | 'remove frame'
}

export interface Expected {
  readonly verdict: Verdict
  readonly who: Ending['who']
  readonly phase: Phase
  /** As words; null: none. What a browser words itself is given up to its name. */
  readonly reason: string | null
  readonly by: string
  /** How the evidence goes on after the first cause, where the page did something more. */
  readonly next?: string
}

export interface EndingCase {
  readonly transport: Transport
  readonly server: ServerAct
  readonly page: PageAct
  /** `alive`: it is not over. */
  readonly expected: Expected | { readonly alive: 'reconnecting' }
  /** What becomes more exact once DevTools tells what it knows. */
  readonly exact?: Partial<Expected>
  /** DevTools tells nothing of it. */
  readonly silent?: true
}

const expected =
  (verdict: Verdict, who: Ending['who']) =>
  (phase: Phase, reason: string | null = null, by = '', more: Pick<Expected, 'next'> = {}): Expected => ({
    verdict,
    who,
    phase,
    reason,
    by,
    ...more,
  })

export const completed = expected('completed', 'server')('at its end')
export const incomplete = expected('incomplete', 'server')('mid-stream')
export const errorEvent = expected('error event', 'server')
export const httpError = expected('http error', 'server')
export const cancelled = expected('cancelled', 'page')
export const aborted = expected('aborted', 'page')
export const timedOut = expected('timed out', 'page')
export const refused = expected('refused', 'browser')
export const unreachable = expected('unreachable', 'network')('before head', 'TypeError')
export const lost = expected('lost', 'network')
export const pageGone = expected('page gone', 'browser')
export const reconnecting = { alive: 'reconnecting' } as const

export const CLOSES: ServerAct = { does: 'sends three events and closes the stream', query: 'events=3' }
export const FALLS_SILENT: ServerAct = { does: 'sends three events, then nothing more', query: 'at=event:3&do=stall' }
export const SENDS_NO_BODY: ServerAct = { does: 'answers, but sends nothing of the body', query: 'at=start&do=stall' }
export const NEVER_ANSWERS: ServerAct = { does: 'never answers', query: 'at=head&do=stall' }

export type Row = readonly [does: string, code: string, expected: EndingCase['expected'], more?: Partial<EndingCase>]

/** Cases of one transport and server, whose code begins alike. */
export const rows =
  (transport: EndingCase['transport'], server: ServerAct, before: string) =>
  (...given: readonly Row[]): EndingCase[] =>
    given.map(([does, code, answer, more]) => ({
      transport,
      server,
      page: { does, code: `${before}${code}` },
      expected: answer,
      ...more,
    }))
