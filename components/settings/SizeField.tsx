import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { t } from '../../lib/i18n/translate.ts'

const MIB = 2 ** 20

interface SizeFieldProps {
  readonly label: string
  readonly bytes: number
  readonly least: number
  readonly most: number
  readonly onChange: (bytes: number) => void
}

/** A size in MB of 1,048,576 bytes. What is no size, or out of bounds, is said and not taken over. */
export function SizeField({ label, bytes, least, most, onChange }: SizeFieldProps) {
  const id = useId()
  const draft = useSignal<string | null>(null)
  const text = draft.value ?? String(Number((bytes / MIB).toFixed(2)))
  const isWrong = toBytes(text, least, most) === null
  return (
    <div class="setting">
      <label for={id}>{label}</label>
      <span>
        <input
          id={id}
          type="text"
          inputMode="decimal"
          class="setting-size"
          value={text}
          aria-invalid={isWrong}
          aria-describedby={`${id}-error`}
          onInput={(event) => {
            draft.value = event.currentTarget.value
            const next = toBytes(event.currentTarget.value, least, most)
            if (next !== null) onChange(next)
          }}
          onBlur={() => {
            if (!isWrong) draft.value = null
          }}
        />{' '}
        {t('MB')}
        <span id={`${id}-error`} role="alert">
          {isWrong && ` ${t('A number from {least} to {most}.', { least: least / MIB, most: most / MIB })}`}
        </span>
      </span>
    </div>
  )
}

function toBytes(text: string, least: number, most: number): number | null {
  const bytes = text.trim() === '' ? NaN : Math.round(Number(text) * MIB)
  return bytes >= least && bytes <= most ? bytes : null
}
