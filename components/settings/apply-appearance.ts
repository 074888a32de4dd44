import { effect } from '@preact/signals'
import { applyLanguage } from '../../lib/i18n/languages.ts'
import { language } from '../../lib/i18n/translate.ts'
import type { Settings } from '../../lib/settings.ts'
import { timeFormat } from '../parts/format.ts'

/** Keeps language, theme and the way times are written as they are set, from now on. */
export function applyAppearance({ values }: Settings): void {
  effect(() => applyLanguage(values.language.value, navigator.language))
  effect(() => {
    document.documentElement.lang = language.value
  })
  effect(() => {
    const theme = values.theme.value
    if (theme === 'auto') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  })
  effect(() => {
    timeFormat.value = values.timeFormat.value
  })
}
