/** What is sent again, how, and what becomes of it. The editor makes plans, the replayer (replayer.ts) carries them out. */
import type { ReadonlySignal } from '@preact/signals'
import { t, type Values } from '../i18n/translate.ts'
import type { HeaderPair } from '../protocol.ts'
import type { Connection } from '../session/types.ts'

/** `page`: by the page's own native functions, in its frame. `extension`: from the panel, with any header and without CORS. */
export type ReplayWay = 'page' | 'extension'

export interface ReplayPlan {
  readonly request: SendableRequest
  readonly way: ReplayWay
  /** A real EventSource, or fetch. */
  readonly as: 'fetch' | 'eventsource'
  /** The run is stopped as soon as one of them is reached; what came in the same moment is shown all the same. */
  readonly stopAfter: { readonly events: number | null; readonly ms: number | null }
  readonly repeat: { readonly times: number; readonly atOnce: number }
  /** Key of the connection that is sent again; null for a request of its own. */
  readonly originalKey: string | null
}

export interface SendableRequest {
  readonly method: string
  readonly url: string
  /** As they are to be set, in order; those switched off are not in here. */
  readonly headers: readonly HeaderPair[]
  readonly body: SendableBody
  readonly credentials: RequestCredentials
  /** Of a request as the page. From the extension, every answer can be read. */
  readonly mode: 'cors' | 'no-cors' | 'same-origin'
  readonly redirect: RequestRedirect
  readonly cache: RequestCache
  /** `about:client` is the document itself, empty none. Of a request as the page; as the extension, a Referer header does it. */
  readonly referrer: string
  /** Empty: the document's own. */
  readonly referrerPolicy: ReferrerPolicy
  /** Over when so many ms have gone since the start; null for never. Of fetch only. */
  readonly timeoutMs: number | null
}

/** What the Fetch standard does where nothing is said. */
export const USUAL_OPTIONS = {
  credentials: 'same-origin',
  mode: 'cors',
  redirect: 'follow',
  cache: 'default',
  referrer: 'about:client',
  referrerPolicy: '',
} as const satisfies Partial<SendableRequest>

export type SendableBody =
  | { readonly kind: 'none' }
  /** Sent as UTF-8. Without a Content-Type header the browser names it text/plain. */
  | { readonly kind: 'text'; readonly text: string }
  /** `type` becomes the Content-Type unless a header says another; it may be empty. */
  | { readonly kind: 'bytes'; readonly base64: string; readonly type: string }
  /** multipart/form-data; the browser chooses the boundary, and sets the Content-Type. */
  | { readonly kind: 'form'; readonly entries: readonly SendableEntry[] }
  /** There was one, but it was not recorded, or not whole; `why` is for people. Cannot be sent until the user gives another. */
  | { readonly kind: 'missing'; readonly why: string }

export type SendableEntry =
  | { readonly name: string; readonly value: string }
  /** `base64` is null as long as the file was not chosen again. */
  | { readonly name: string; readonly fileName: string; readonly type: string; readonly base64: string | null }

/** Where in the form something is wrong. */
export type ProblemField =
  | 'url'
  | 'method'
  /** `index` in `request.headers`. */
  | 'header'
  /** `index` in the entries of a form, where it is one entry's. */
  | 'body'
  | 'credentials'
  | 'mode'
  | 'redirect'
  | 'referrer'
  | 'timeout'
  | 'way'
  | 'as'
  | 'stopAfter'
  | 'repeat'

/** What is wrong with a plan, or with a run; a message (see `problemText`) with its values. */
export interface Problem {
  readonly field: ProblemField
  readonly index?: number
  /** `error`: it cannot be sent like this. `warning`: it can, but perhaps not as meant. */
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly values?: Values
  /** What would do it; `extension`: send as the extension. */
  readonly wayOn?: 'extension'
}

/** The problem as a sentence in the user's language. */
export const problemText = ({ message, values }: Problem): string => t(message, values)

/** `queued` → `starting` (nobody has seen it yet) → `running` → `ended`; or `failed`: it never became a connection. */
export type RunState = 'queued' | 'starting' | 'running' | 'ended' | 'failed' | 'stopped'

/** One sending of a plan: a connection of its own. */
export interface ReplayRun {
  readonly id: string
  readonly plan: ReplayPlan
  /** Counts from 1 within its plan. */
  readonly number: number
  /** `stopped`: taken back while it was queued, or before it became a connection; a connection's own ending says the rest. */
  readonly state: ReadonlySignal<RunState>
  /** Null until the session has it. */
  readonly connection: ReadonlySignal<Connection | null>
  /** Why it failed; null unless it did. */
  readonly error: ReadonlySignal<Problem | null>
}

export interface Replayer {
  /**
   * What would go wrong, before it does; `error`s are those that `send` refuses. Reads signals (rights to the site), so that
   * a component that calls it is drawn anew.
   */
  check(plan: ReplayPlan): readonly Problem[]
  /**
   * Sends it as often as it says. Call it from a click: the browser asks the user for rights only then. With errors in the
   * plan, or without rights, there is one run, which failed.
   */
  send(plan: ReplayPlan): readonly ReplayRun[]
  stop(run: ReplayRun): void
  stopAll(): void
  /** All that were sent, newest plan last. A new list whenever one comes; states are in the runs. */
  readonly runs: ReadonlySignal<readonly ReplayRun[]>
  /** The run that a connection is; null for a connection of the page, and for what an earlier panel sent. */
  runOf(connection: Connection): ReplayRun | null
}

/** More than so many times, or so many at once, are refused. */
export const MOST_TIMES = 1_000
export const MOST_AT_ONCE = 20
/** A request that may change something is not repeated more often than this without a warning. */
export const CAREFUL_TIMES = 10
