/** What the user leaves out of comparisons, kept for each kind of stream: those of one format on one site. */
import type { Connection } from '../session/types.ts'
import { siteOf } from '../site-switch.ts'
import { DEFAULT_IGNORED } from './ignored.ts'

/** Texts that `parseIgnored` reads, by `kindOf`. The one that was changed last stands last. */
export type KeptIgnored = Readonly<Record<string, string>>

const MOST_KINDS = 200
/** Longer ones are not kept. */
const MOST_LENGTH = 10_000

/** Makes them of whatever was stored. */
export function toKeptIgnored(stored: unknown): KeptIgnored {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return {}
  return Object.fromEntries(Object.entries(stored).filter(isKept).slice(-MOST_KINDS))
}

function isKept(entry: readonly [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string' && entry[1].length <= MOST_LENGTH
}

/** What two streams have in common whose events are ignored in the same places: `chat.example openai-chat`. */
export function kindOf({ frame, format }: Pick<Connection, 'frame' | 'format'>): string {
  return `${siteOf(frame.url) ?? ''} ${format?.name ?? ''}`.trim()
}

/** Null where nothing was kept: then it is `DEFAULT_IGNORED`. */
export function keptOf(kept: KeptIgnored, kind: string): string | null {
  return (Object.hasOwn(kept, kind) ? kept[kind] : undefined) ?? null
}

/** With `text` for `kind`; what is ignored at first is not kept, so that it may become more in a later version. */
export function withKept(kept: KeptIgnored, kind: string, text: string): KeptIgnored {
  const others = Object.entries(kept).filter(([other]) => other !== kind)
  return toKeptIgnored(Object.fromEntries(text === DEFAULT_IGNORED ? others : [...others, [kind, text]]))
}
