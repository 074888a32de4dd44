import { FORMATS } from '../../lib/formats/formats.ts'
import { say } from '../../lib/i18n/saying.ts'
import { joinClauses } from '../../lib/i18n/joined.ts'
import { t } from '../../lib/i18n/translate.ts'
import type { FormatMatch } from '../../lib/session/types.ts'
import { NO_FORMAT, type TurnReader } from '../../lib/turns/turn-reader.ts'
import { formatLabel } from './format-label.ts'

interface FormatLineProps {
  readonly reader: TurnReader
  readonly onRules: () => void
}

const RECOGNISED = ''

/** Which format the events are read by, and why; another one, or none, can be chosen. */
export function FormatLine({ reader, onRules }: FormatLineProps) {
  const choice = reader.choice.value
  const { match, recognised } = reader
  const because = match === null ? '' : whyWords(match)
  return (
    <div class="format-line">
      <select
        aria-label={t('Chat format')}
        title={t('How this connection’s events are read')}
        value={choice ?? RECOGNISED}
        onChange={({ currentTarget: { value } }) => reader.choose(value === RECOGNISED ? null : value)}
      >
        <option value={RECOGNISED}>{recognised === null ? t('Not recognised') : formatLabel(recognised)}</option>
        <optgroup label={t('Read as')}>
          {FORMATS.filter(({ name }) => name !== recognised?.name).map((format) => (
            <option key={format.name} value={format.name}>
              {formatLabel(format)}
            </option>
          ))}
        </optgroup>
        <option value={NO_FORMAT}>{t('No format')}</option>
      </select>
      <span class="format-why quiet" title={because}>
        {because}
      </span>
      <button type="button" class="text-button" title={t('Rules of your own for formats')} onClick={onRules}>
        {t('Rules …')}
      </button>
    </div>
  )
}

function whyWords({ certainty, evidence }: FormatMatch): string {
  const why = joinClauses(evidence.map(say))
  return certainty === 'likely' ? t('likely: {why}', { why }) : why
}
