/** Runs in the page. How the captures of a family find each other, see lib/family.ts; pages see and hear nothing of it. */
import { findRelative } from '../relatives.ts'
import { addListener, bare, dispatch } from './natives.ts'
import type { NativeMap } from './patch.ts'

/** What a capture gives to another one of its family. */
export interface Member {
  readonly natives: NativeMap
  /** Takes the bridge that offers itself next, if the one before is gone. */
  renew(): void
}

const NativeCustomEvent = CustomEvent

function ask(secret: string, of: Window): Member | undefined {
  const answer: { member?: Member } = bare({})
  dispatch(of.document, new NativeCustomEvent(secret, bare({ detail: answer })))
  return answer.member
}

/**
 * The capture that is in this document already: Firefox runs content scripts again in open pages after an update. It stays,
 * with its journal, and takes the new bridge for its own; the page is never patched twice.
 */
export const predecessor = (secret: string): Member | undefined => ask(secret, window)

/** The nearest relative's capture. */
export const relative = (secret: string): Member | undefined => findRelative((window) => ask(secret, window))

/** Answers the family from now on. */
export function answerFamily(secret: string, member: () => Member): void {
  addListener(document, secret, (event) => {
    ;(event as CustomEvent<{ member?: Member }>).detail.member = member()
  })
}
