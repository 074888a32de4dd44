import { LANGUAGES } from '../../lib/i18n/languages.ts'
import { t } from '../../lib/i18n/translate.ts'
import type { Settings } from '../../lib/settings.ts'
import { Choice } from './Choice.tsx'
import type { SettingWriter } from './write-setting.ts'

interface AppearanceProps {
  readonly values: Settings['values']
  readonly write: SettingWriter
}

export function Appearance({ values, write }: AppearanceProps) {
  const names = Object.entries(LANGUAGES) as (readonly [keyof typeof LANGUAGES, string])[]
  return (
    <section>
      <h3>{t('Appearance')}</h3>
      <Choice
        label={t('Language')}
        value={values.language.value}
        options={[['auto', t('As the browser')], ...names]}
        onChoose={(language) => write('language', language)}
      />
      <Choice
        label={t('Theme')}
        value={values.theme.value}
        options={[
          ['auto', t('As DevTools')],
          ['light', t('Light')],
          ['dark', t('Dark')],
        ]}
        onChoose={(theme) => write('theme', theme)}
      />
      <Choice
        label={t('Times of day')}
        value={values.timeFormat.value}
        options={[
          ['local', t('Local time: {example}', { example: '14:03:09.050' })],
          ['utc', t('UTC: {example}', { example: '13:03:09.050Z' })],
          ['epoch', t('Milliseconds since 1970: {example}', { example: '1763816589050' })],
        ]}
        onChoose={(timeFormat) => write('timeFormat', timeFormat)}
      />
    </section>
  )
}
