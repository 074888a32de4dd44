/** Listens to what DevTools knows of the tab's exchanges. Runs in the devtools page; it is given DevTools' own interface. */
import type { NetworkFacts } from '../protocol.ts'
import { toNetworkFacts } from './har.ts'
import { toResume } from './resume.ts'
import { isStreamLike } from './stream-like.ts'

/** The part of `chrome.devtools.network` that is used. */
export interface DevToolsNetwork {
  readonly onRequestFinished: { addListener(listener: (entry: never) => void): void }
  getHAR(callback: (log: never) => void): void
}

/** An exchange as DevTools gives it; all other fields are looked at before they are believed. */
interface Exchange {
  /** Null for a body that DevTools has not, or not yet. */
  getContent(callback: (text: string | null) => void): void
}

/**
 * Tells of every exchange that can belong to a stream: those that DevTools knows already, and all that finish from now on.
 * Until this is called, DevTools prepares nothing for us.
 *
 * @param ownScript the URL of capture's script
 */
export function watchExchanges(network: DevToolsNetwork, ownScript: string, tell: (facts: NetworkFacts) => void): void {
  const told = new Set<string>()

  const take = (entry: unknown, isOver: boolean): void => {
    if (!isStreamLike(entry, ownScript)) return
    const facts = toNetworkFacts(entry, ownScript)
    if (facts === null) return
    const { resourceType, netError, redirectedTo } = facts
    // DevTools keeps no body of these.
    if (netError !== '' || redirectedTo !== '') return tell(facts)
    if (isOver && resourceType !== 'eventsource') return tell(facts)
    ;(entry as Exchange).getContent((text) => {
      if (text !== null) tell({ ...facts, resume: resourceType === 'eventsource' ? toResume(text) : null })
      else if (isOver) tell(facts)
    })
  }

  /** The log holds what goes on, too; only what is over has an error, a redirect or a body. */
  const takeEarlier = (log: { readonly entries?: readonly unknown[] }): void => {
    for (const entry of log.entries ?? []) if (!told.has(toName(entry))) take(entry, false)
    told.clear()
    isLogTaken = true
  }

  let isLogTaken = false
  network.onRequestFinished.addListener((entry: unknown) => {
    if (!isLogTaken) told.add(toName(entry))
    take(entry, true)
  })
  network.getHAR(takeEarlier)
}

/** Tells one exchange from the others while both ways bring the same. */
function toName(entry: unknown): string {
  const { startedDateTime, request } = entry as {
    readonly startedDateTime?: unknown
    readonly request?: { readonly url?: unknown }
  }
  return `${String(startedDateTime)} ${String(request?.url)}`
}
