/**
 * The interface's texts in the user's language. A message is named by its English text, so that the code can be read; the
 * other languages are JSON files, one for each part of the interface (lib/i18n/zh-CN).
 *
 * The browser's own i18n knows the browser's language only, and no other can be chosen: so it serves the manifest alone.
 */
import { computed, signal } from '@preact/signals'

/** As BCP 47 writes them. */
export type Language = 'en' | 'zh-CN'

/** English message → the same in another language. */
export type Dictionary = Readonly<Record<string, string>>

/** What takes the place of `{name}` in a message. */
export type Values = Readonly<Record<string, string | number>>

const spoken = signal<{ readonly language: Language; readonly dictionary: Dictionary }>({
  language: 'en',
  dictionary: {},
})

/** The language in force. */
export const language = computed<Language>(() => spoken.value.language)

/** Changes the language. What was read by `t` inside a component or a computed signal is read anew. */
export function speak(next: Language, dictionary: Dictionary): void {
  spoken.value = { language: next, dictionary }
}

/**
 * A message in the user's language, in English where it has no translation. `{name}` stands for `values.name`; a name that
 * is not given stays as it is written.
 */
export function t(message: string, values?: Values): string {
  return fill(toPattern(message), values)
}

/** As `t`, for a count: `one` for exactly 1, else `other`; `{n}` stands for the count as it is written by default. */
export function tn(count: number, one: string, other: string, values?: Values): string {
  // Translations are found by the plural: Chinese has one form only.
  const pattern = count === 1 && language.value === 'en' ? one : toPattern(other)
  return fill(pattern, { n: count, ...values })
}

/** A way to say messages, for texts that also go where no user's language is wanted. */
export interface Voice {
  readonly t: typeof t
  readonly tn: typeof tn
}
export const USERS: Voice = { t, tn }
/** For generated code, whatever the user's language. */
export const ENGLISH: Voice = {
  t: fill,
  tn: (count, one, other, values) => fill(count === 1 ? one : other, { n: count, ...values }),
}

/** Marks a message that is written down in one place and translated, by `t`, in another. */
export const msg = <const Message extends string>(message: Message): Message => message

/** The pattern of a message with its placeholders still in it. */
export function toPattern(message: string): string {
  const { dictionary } = spoken.value
  return Object.hasOwn(dictionary, message) ? (dictionary[message] ?? message) : message
}

function fill(pattern: string, values?: Values): string {
  if (values === undefined) return pattern
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
