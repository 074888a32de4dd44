import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { parsePartialJson } from '../../lib/formats/json/partial-json.ts'
import type { Part } from '../../lib/formats/turn.ts'
import { t } from '../../lib/i18n/translate.ts'
import { GrownTextView } from './GrownTextView.tsx'
import { lengthBefore, type TurnLook } from './text-pieces.ts'

/** Longer arguments that still grow are shown as they come: they would be read anew at every delta. */
const GROWING_LENGTH = 20_000
/** Longer ones are never laid out. */
const READ_LENGTH = 500_000

interface ArgumentsViewProps {
  readonly part: Extract<Part, { kind: 'tool call' }>
  readonly look: TurnLook
  readonly id: string
}

/** Arguments of a tool call: laid out as JSON while they come, or as they came. */
export function ArgumentsView({ part, look, id }: ArgumentsViewProps) {
  const asText = useSignal(false)
  const length = lengthBefore(part.arguments, look.until)
  const isReadable = length <= (part.closed && look.until === Infinity ? READ_LENGTH : GROWING_LENGTH)
  const read = useMemo(
    () => (isReadable ? parsePartialJson(part.arguments.text.slice(0, length)) : null),
    [part.arguments, length, isReadable],
  )
  if (length === 0) return <p class="quiet">{part.closed ? t('No arguments.') : t('No arguments yet.')}</p>
  // What selects and marks is the text as it came.
  const isText = asText.value || read === null || look.waitMs !== null || look.marked !== null
  return (
    <>
      <p class="part-bar">
        <button
          type="button"
          class="text-button"
          aria-pressed={isText}
          disabled={read === null}
          onClick={() => (asText.value = !asText.value)}
        >
          {t('As it came')}
        </button>
        <span class="quiet">{stateOf(read?.isComplete ?? null, part.closed)}</span>
      </p>
      {isText ? (
        <GrownTextView grown={part.arguments} look={look} label={t('Arguments')} part={id} />
      ) : (
        <pre class="arguments" role="group" aria-label={t('Arguments')} tabIndex={0}>
          {JSON.stringify(read.value, null, 2)}
        </pre>
      )}
    </>
  )
}

function stateOf(isComplete: boolean | null, isClosed: boolean): string {
  if (isComplete === true) return 'JSON'
  if (isClosed) return t('not JSON')
  return isComplete === null ? t('not readable as JSON') : t('JSON so far')
}
