/** The languages there are, and which of them a user gets. */
import type { LanguageChoice } from './language-choice.ts'
import type { Dictionary, Language } from './translate.ts'
import { speak } from './translate.ts'
import common from './zh-CN/common.json' with { type: 'json' }
import compare from './zh-CN/compare.json' with { type: 'json' }
import connections from './zh-CN/connections.json' with { type: 'json' }
import data from './zh-CN/data.json' with { type: 'json' }
import endings from './zh-CN/endings.json' with { type: 'json' }
import events from './zh-CN/events.json' with { type: 'json' }
import exchange from './zh-CN/exchange.json' with { type: 'json' }
import filter from './zh-CN/filter.json' with { type: 'json' }
import findings from './zh-CN/findings.json' with { type: 'json' }
import formats from './zh-CN/formats.json' with { type: 'json' }
import message from './zh-CN/message.json' with { type: 'json' }
import panel from './zh-CN/panel.json' with { type: 'json' }
import replay from './zh-CN/replay.json' with { type: 'json' }
import session from './zh-CN/session.json' with { type: 'json' }
import settings from './zh-CN/settings.json' with { type: 'json' }
import timeline from './zh-CN/timeline.json' with { type: 'json' }

/** In their own words: whoever cannot read the others must find theirs. */
export const LANGUAGES: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '简体中文' }

const DICTIONARIES: Readonly<Record<Language, Dictionary>> = {
  en: {},
  'zh-CN': {
    ...common,
    ...compare,
    ...connections,
    ...data,
    ...endings,
    ...events,
    ...exchange,
    ...filter,
    ...findings,
    ...formats,
    ...message,
    ...panel,
    ...replay,
    ...session,
    ...settings,
    ...timeline,
  },
}

/** Traditional Chinese readers are served better by Simplified Chinese than by English. */
export function toLanguage(choice: LanguageChoice, browserLanguage: string): Language {
  if (choice !== 'auto') return choice
  return /^zh\b/i.test(browserLanguage) ? 'zh-CN' : 'en'
}

/** Speaks the language chosen from now on. */
export function applyLanguage(choice: LanguageChoice, browserLanguage: string): void {
  const next = toLanguage(choice, browserLanguage)
  speak(next, DICTIONARIES[next])
}
