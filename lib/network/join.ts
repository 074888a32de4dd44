/**
 * Which exchange of DevTools belongs to which attempt of a connection. Nothing names them to both sides, so several things
 * must fit together. A wrong join is worse than none: what could be several attempts' stays alone.
 *
 * Must fit: kind of request, method, URL (that of the first redirect, where there were some), the place in the page's code
 * that called, the request's body, and the start, to within a second of the call. Among what fits, the nearest start and end
 * decide, then whether it broke and how many bytes came: exchanges that are equal in all of that may be taken for each other.
 */
import type { NetworkFacts, OpenRecord } from '../protocol.ts'
import type { Connection } from '../session/types.ts'

/** How far the page's clock and the browser's may lie apart: within 5 ms as a rule, more on a machine that cannot keep up. */
const CLOCK_TOLERANCE_MS = 1_000
/** Starts that are no further apart may have changed places. */
const NEAR_MS = 30
/** Farther than any end that is known and fits. */
const UNKNOWN_END_MS = 100
/** A difference of this weight cannot be explained by time alone. */
const MISMATCH = 10_000
/** A redirect's end and the start of what follows it come from one clock. */
const REDIRECT_GAP_MS = 5

/** One attempt of one connection. Times are wall clock in ms. */
export interface Attempt {
  readonly connection: Connection
  /** Not earlier than this can its exchange have begun. */
  readonly fromWallMs: number
  /** Its exchange began right then (at the page's call), or after a pause that nobody told. */
  readonly isExact: boolean
  /** Null while it goes on. */
  readonly endWallMs: number | null
}

/** An exchange with the redirects that led to it, oldest first. */
export interface Chain {
  readonly redirects: readonly NetworkFacts[]
  readonly last: NetworkFacts
}

export interface Joined {
  readonly attempt: Attempt
  readonly chain: Chain
}

/** All attempts of a connection, oldest first. Its frame's clock must be known. */
export function attemptsOf(connection: Connection): readonly Attempt[] {
  const { open, frame, transport, attemptMarks, ending } = connection
  const toWall = (atMs: number) => frame.timeOriginMs + (frame.lagMs ?? 0) + atMs
  const endWallMs = ending === null ? null : toWall(ending.atMs)
  const first = { connection, fromWallMs: toWall(open.atMs), isExact: true, endWallMs }
  if (transport !== 'eventsource') return [first]
  const breaks = attemptMarks.filter(({ state }) => state === 'reconnecting').map(({ atMs }) => toWall(atMs))
  return [first.fromWallMs, ...breaks].map((fromWallMs, index) => ({
    connection,
    fromWallMs,
    isExact: index === 0,
    endWallMs: breaks[index] ?? endWallMs,
  }))
}

/** Finds the redirects that led to `last` among `redirects`. */
export function toChain(last: NetworkFacts, redirects: readonly NetworkFacts[]): Chain {
  const chain: NetworkFacts[] = []
  for (let next = last; ;) {
    const before = redirects.find((redirect) => leadsTo(redirect, next) && !chain.includes(redirect))
    if (before === undefined) return { redirects: chain, last }
    chain.unshift(before)
    next = before
  }
}

function leadsTo(redirect: NetworkFacts, next: NetworkFacts): boolean {
  return (
    withoutHash(redirect.redirectedTo) === withoutHash(next.url) &&
    redirect.resourceType === next.resourceType &&
    redirect.calledFrom === next.calledFrom &&
    Math.abs(next.startedAtMs - redirect.finishedAtMs) <= REDIRECT_GAP_MS
  )
}

/**
 * Pairs that belong to each other for sure. What is left out may be joined later, when more of it is over.
 *
 * @param settled the chain has waited so long that its attempt would have ended, unless the page does not read
 */
export function join(
  attempts: readonly Attempt[],
  chains: readonly Chain[],
  settled: (chain: Chain) => boolean,
): readonly Joined[] {
  const free = new Set(attempts)
  const waiting = new Set(chains)
  const joined: Joined[] = []
  // Each pair that is found may leave only one partner for another.
  for (let found = true; found;) {
    found = false
    for (const chain of waiting) {
      const attempt = findAttempt(chain, free, waiting, settled(chain))
      if (attempt === null) continue
      joined.push({ attempt, chain })
      free.delete(attempt)
      waiting.delete(chain)
      found = true
    }
  }
  return joined
}

function findAttempt(
  chain: Chain,
  free: ReadonlySet<Attempt>,
  waiting: ReadonlySet<Chain>,
  isSettled: boolean,
): Attempt | null {
  const fitting = [...free].filter((attempt) => fits(attempt, chain))
  const rivals = fitting.filter((attempt) => isRival(attempt, chain, fitting))
  // What goes on although the exchange is over will hear of its end any moment; only a page that does not read will not.
  const goesOn = rivals.filter(({ endWallMs }) => endWallMs === null)
  if (goesOn.length > 0 && !isSettled) return null
  const ended = rivals.filter(({ endWallMs }) => endWallMs !== null)
  const candidates = ended.length > 0 ? ended : goesOn
  if (ended.length === 0 && goesOn.length > 1) return null
  const best = cheapest(candidates, (attempt) => costOf(attempt, chain))
  if (best === null || costOf(best, chain) >= MISMATCH) return null
  const bestChain = cheapest(
    [...waiting].filter((other) => fits(best, other)),
    (other) => costOf(best, other),
  )
  return bestChain === chain ? best : null
}

/** Whether the attempt's start is about as near as the nearest one's. */
function isRival(attempt: Attempt, chain: Chain, all: readonly Attempt[]): boolean {
  const nearest = Math.min(...all.map((each) => startDistance(each, chain)))
  return startDistance(attempt, chain) - nearest <= NEAR_MS
}

function cheapest<Item>(items: readonly Item[], costFor: (item: Item) => number): Item | null {
  let best: Item | null = null
  let least = Infinity
  for (const item of items) {
    const cost = costFor(item)
    if (cost < least) [best, least] = [item, cost]
  }
  return best
}

function fits(attempt: Attempt, chain: Chain): boolean {
  const { connection } = attempt
  const { open, transport } = connection
  const first = chain.redirects[0] ?? chain.last
  if (first.resourceType !== transport || first.method.toUpperCase() !== open.method.toUpperCase()) return false
  if (withoutHash(first.url) !== withoutHash(open.url)) return false
  if (!isCaller(first.calledFrom, open) || !isBody(first.requestBody, connection)) return false
  const distance = first.startedAtMs - attempt.fromWallMs
  if (attempt.isExact) return Math.abs(distance) <= CLOCK_TOLERANCE_MS
  return distance >= -NEAR_MS && first.startedAtMs <= (attempt.endWallMs ?? Infinity) + NEAR_MS
}

/** Both name the page's innermost frame, if they name one: DevTools apart, the engine's stack as text. */
function isCaller(calledFrom: string, { stack }: OpenRecord): boolean {
  if (calledFrom === '' || stack === '' || calledFrom.startsWith(':')) return true
  return (stack.split('\n', 1)[0] ?? '').includes(calledFrom)
}

function isBody(requestBody: string, { body }: Connection): boolean {
  if (body.kind !== 'text' || requestBody === '') return true
  const length = Math.min(body.text.length, requestBody.length)
  return body.text.slice(0, length) === requestBody.slice(0, length)
}

/** The less, the better they fit; MISMATCH and more: they cannot belong to each other. */
function costOf(attempt: Attempt, chain: Chain): number {
  const start = attempt.isExact ? startDistance(attempt, chain) : 0
  const end = attempt.endWallMs === null ? 0 : Math.abs(chain.last.finishedAtMs - attempt.endWallMs)
  return start + Math.min(end, CLOCK_TOLERANCE_MS) + outcomeCost(attempt.connection, chain.last)
}

function startDistance({ fromWallMs, isExact, endWallMs }: Attempt, { redirects, last }: Chain): number {
  const { startedAtMs } = redirects[0] ?? last
  // A later attempt began after a pause: its end tells it from the others.
  if (!isExact) return endWallMs === null ? UNKNOWN_END_MS : Math.abs(last.finishedAtMs - endWallMs)
  return Math.abs(startedAtMs - fromWallMs)
}

/** What the page saw of the end against what the browser saw. */
function outcomeCost({ end, head, sizeBytes, transport }: Connection, facts: NetworkFacts): number {
  if (end === null || transport === 'eventsource') return 0
  if (end.how === 'done') {
    // Chromium may let go of an exchange as aborted whose whole body the page has read.
    if (facts.netError !== '') return facts.netError === 'net::ERR_ABORTED' ? MISMATCH / 10 : MISMATCH
    if (facts.bodyBytes >= 0 && facts.bodyBytes !== sizeBytes) return MISMATCH / 10
  }
  if (head !== null && head.status !== 0 && facts.status !== 0 && head.status !== facts.status) return MISMATCH
  return end.how === 'error' && end.signal === null && facts.netError === '' ? MISMATCH / 10 : 0
}

/** What a request names: a fragment stays in the browser. */
export const withoutHash = (url: string): string => url.split('#', 1)[0] ?? ''
