/** Gives the connections what DevTools knows of their exchanges, whichever of the two comes first. */
import { attemptsOf, join, toChain, withoutHash } from '../network/join.ts'
import type { Attempt, Chain } from '../network/join.ts'
import type { NetworkFacts } from '../protocol.ts'
import type { LiveConnection } from './connection.ts'

/** Exchanges that fit nothing yet: other requests of the page, and those of connections left out. */
const WAITING_LIMIT = 200
const WAITING_MS = 60_000
/** By then the page's end of an exchange has come, too. */
const SETTLED_MS = 1_500

export interface Exchanges {
  /** Exchanges that belong to no connection yet. */
  readonly waiting: number
  add(live: LiveConnection): void
  forget(live: LiveConnection): void
  take(facts: NetworkFacts, nowWallMs: number): void
  /** Joins what can be joined by now; `told` is called for each connection that learned something. */
  settle(nowWallMs: number, told: (live: LiveConnection) => void): void
}

interface Waiting {
  readonly facts: NetworkFacts
  readonly sinceMs: number
}

export function createExchanges(): Exchanges {
  let waiting: Waiting[] = []
  /** Connections with an attempt whose exchange is not known, by what their requests name. */
  const byUrl = new Map<string, Set<LiveConnection>>()
  /** How many attempts of an EventSource are known, by their place. */
  const known = new WeakMap<LiveConnection, Set<number>>()

  const keyOf = ({ view }: LiveConnection) => withoutHash(view.open.url)

  function forget(live: LiveConnection): void {
    const key = keyOf(live)
    const list = byUrl.get(key)
    list?.delete(live)
    if (list?.size === 0) byUrl.delete(key)
  }

  /** Attempts whose exchange is not known, each with its connection and place. */
  function freeAttempts(url: string): Map<Attempt, readonly [LiveConnection, number]> {
    const free = new Map<Attempt, readonly [LiveConnection, number]>()
    for (const live of byUrl.get(url) ?? []) {
      if (live.view.frame.timeOriginMs === 0) continue
      attemptsOf(live.view).forEach((attempt, place) => {
        if (!known.get(live)?.has(place)) free.set(attempt, [live, place])
      })
    }
    return free
  }

  function note(live: LiveConnection, place: number, { redirects, last }: Chain): void {
    for (const facts of [...redirects, last]) live.learn(facts)
    if (live.view.transport !== 'eventsource') return forget(live)
    const places = known.get(live) ?? new Set()
    known.set(live, places.add(place))
  }

  return {
    get waiting() {
      return waiting.length
    },
    add(live) {
      const key = keyOf(live)
      byUrl.set(key, (byUrl.get(key) ?? new Set()).add(live))
    },
    forget,
    take(facts, nowWallMs) {
      waiting.push({ facts, sinceMs: nowWallMs })
      if (waiting.length > WAITING_LIMIT) waiting.shift()
    },
    settle(nowWallMs, told) {
      waiting = waiting.filter(({ sinceMs }) => nowWallMs - sinceMs < WAITING_MS)
      const redirects = waiting.map(({ facts }) => facts).filter(({ redirectedTo }) => redirectedTo !== '')
      const sinceOf = new Map<Chain, number>()
      const chainsByUrl = new Map<string, Chain[]>()
      for (const { facts, sinceMs } of waiting) {
        if (facts.redirectedTo !== '') continue
        const chain = toChain(facts, redirects)
        const url = withoutHash((chain.redirects[0] ?? chain.last).url)
        sinceOf.set(chain, sinceMs)
        chainsByUrl.set(url, [...(chainsByUrl.get(url) ?? []), chain])
      }
      const taken = new Set<NetworkFacts>()
      for (const [url, chains] of chainsByUrl) {
        const free = freeAttempts(url)
        const isSettled = (chain: Chain) => nowWallMs - (sinceOf.get(chain) ?? nowWallMs) >= SETTLED_MS
        for (const { attempt, chain } of join([...free.keys()], chains, isSettled)) {
          const [live, place] = free.get(attempt) ?? []
          if (live === undefined || place === undefined) continue
          note(live, place, chain)
          told(live)
          for (const facts of [...chain.redirects, chain.last]) taken.add(facts)
        }
      }
      if (taken.size > 0) waiting = waiting.filter(({ facts }) => !taken.has(facts))
    },
  }
}
