/**
 * Documents of one origin that can reach each other are a family: a script in one can compare the other's functions. So their
 * captures must find each other, at once and unseen, and do by a type of event that no page can know: the family's secret.
 * This side runs in the content scripts' own world and hands the secret down.
 */
import { findRelative } from './relatives.ts'

/** A symbol, as an element's id can shadow every name. */
const SECRET = Symbol.for('streamscope:family')
type World = { [SECRET]?: string }

/**
 * The secret of this document's family. In Chromium the world of content scripts reaches that of the relatives, and a new
 * family makes a new one. In Firefox it does not reach; there an add-on's address is another in each profile. A page can read
 * that in a stack with a frame of ours, and then knows already what it could learn by it.
 */
export function familySecret(runtime: { getURL(path: string): string }): string {
  if (import.meta.env.FIREFOX) return runtime.getURL('family')
  const world = globalThis as World
  world[SECRET] ??= findRelative((relative) => (relative as World)[SECRET]) ?? newSecret()
  return world[SECRET]
}

/** `crypto.randomUUID` is not there where pages came by plain HTTP. */
const newSecret = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-')
