import { useSignal } from '@preact/signals'
import { type Redaction, toSecretNames } from '../../lib/export/redaction.ts'
import { t } from '../../lib/i18n/translate.ts'

interface SecretsProps {
  readonly redaction: Redaction
  readonly onChange: (redaction: Redaction) => void
}

export function Secrets({ redaction, onChange }: SecretsProps) {
  const draft = useSignal<string | null>(null)
  return (
    <section>
      <h3>{t('Copying')}</h3>
      <label class="check">
        <input
          type="checkbox"
          checked={redaction.on}
          onChange={(event) => onChange({ ...redaction, on: event.currentTarget.checked })}
        />
        {t('Redact secrets in copied requests')}
      </label>
      <p class="quiet">
        {t(
          'Authorization, cookies, and what looks like a key or token by its name or by its shape. The menu offers to leave them in for one copy.',
        )}
      </p>
      <label class="setting">
        <span>{t('Secret names of your own')}</span>
        <input
          type="text"
          placeholder="x-tenant, ticket"
          value={draft.value ?? redaction.names.join(', ')}
          onInput={(event) => {
            draft.value = event.currentTarget.value
            onChange({ ...redaction, names: toSecretNames(event.currentTarget.value) })
          }}
          onBlur={() => (draft.value = null)}
        />
      </label>
    </section>
  )
}
