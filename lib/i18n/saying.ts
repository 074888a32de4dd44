/** Texts that are kept, and put into words when they are shown: the language may be another by then. */
import { t } from './translate.ts'

/** A message of ours, with what takes the place of its `{name}`s. */
interface Saying {
  readonly message: string
  readonly values: Readonly<Record<string, Wording | number>>
}

/** What a person reads: others' words, as they are, or a message of ours. */
export type Wording = string | Saying

export function saying(message: string, values: Saying['values'] = {}): Saying {
  return { message, values }
}

/** In the language of now. */
export function say(wording: Wording): string {
  if (typeof wording === 'string') return wording
  const values = Object.entries(wording.values).map(
    ([name, value]) => [name, typeof value === 'number' ? value : say(value)] as const,
  )
  return t(wording.message, Object.fromEntries(values))
}
