import { FORMATS } from '../../lib/formats/formats.ts'
import { NO_FORMAT, type TurnReader } from '../../lib/turns/turn-reader.ts'

interface FormatLineProps {
  readonly reader: TurnReader
  readonly onRules: () => void
}

const RECOGNISED = ''

/** Which format the events are read by, and why; another one, or none, can be chosen. */
export function FormatLine({ reader, onRules }: FormatLineProps) {
  const choice = reader.choice.value
  const { match, recognised } = reader
  const because = match === null ? '' : `${match.certainty === 'likely' ? 'likely: ' : ''}${match.evidence.join('; ')}`
  return (
    <div class="format-line">
      <select
        aria-label="Chat format"
        title="How this connection’s events are read"
        value={choice ?? RECOGNISED}
        onChange={({ currentTarget: { value } }) => reader.choose(value === RECOGNISED ? null : value)}
      >
        <option value={RECOGNISED}>{recognised?.label ?? 'Not recognised'}</option>
        <optgroup label="Read as">
          {FORMATS.filter(({ name }) => name !== recognised?.name).map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </optgroup>
        <option value={NO_FORMAT}>No format</option>
      </select>
      <span class="format-why quiet" title={because}>
        {because}
      </span>
      <button type="button" class="text-button" title="Rules of your own for formats" onClick={onRules}>
        Rules …
      </button>
    </div>
  )
}
