import type { Language } from './translate.ts'

/** What the user chooses; `auto` is the browser's language. */
export type LanguageChoice = 'auto' | Language

/** Makes it of whatever was stored. */
export function toLanguageChoice(stored: unknown): LanguageChoice {
  return stored === 'en' || stored === 'zh-CN' ? stored : 'auto'
}
