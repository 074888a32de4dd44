/** `[name]` in a text, and the address that `[name]: …` gives it, perhaps far below. */
import type { Links } from 'marked'

export interface References {
  /** Those of texts that do not change any more. */
  readonly settled: Links
  /** The latest of all. */
  readonly known: Links
  /** Notes the names that a block's text has in brackets; whether one of them is known. */
  mention(text: string, block: number): boolean
  /** Takes in definitions; the blocks that mention them. Those of a text that grows may change. */
  define(links: Links, isSettled: boolean): ReadonlySet<number>
}

export function createReferences(): References {
  // Without a prototype: names are whatever the text says.
  const settled = Object.create(null) as Links
  const known = Object.create(null) as Links
  const mentions = new Map<string, number[]>()
  return {
    settled,
    known,
    mention(text, block) {
      const names = new Set([...text.matchAll(/\[([^[\]]{1,999})\]/g)].map(([, found = '']) => toName(found)))
      for (const name of names) {
        const blocks = mentions.get(name)
        if (blocks === undefined) mentions.set(name, [block])
        else blocks.push(block)
      }
      return names.values().some((name) => known[name] !== undefined)
    },
    define(links, isSettled) {
      const again = new Set<number>()
      for (const [name, link] of Object.entries(links)) {
        if (isSettled) settled[name] = link
        const before = known[name]
        if (before?.href === link.href && before.title === link.title) continue
        known[name] = link
        for (const block of mentions.get(name) ?? []) again.add(block)
      }
      return again
    },
  }
}

/** As marked compares names. */
function toName(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, ' ')
}
