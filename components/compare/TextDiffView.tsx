import { useSignal } from '@preact/signals'
import type { TextPart } from '../../lib/compare/text-diff.ts'
import type { PartTexts } from '../../lib/compare/turn-texts.ts'
import { t } from '../../lib/i18n/translate.ts'
import type { Connection } from '../../lib/session/types.ts'
import { formatCount } from '../parts/format.ts'
import { toShortName } from './compared.ts'

/** Elements made at once: more would be felt. */
const PARTS_SHOWN = 500

interface TextDiffViewProps {
  /** Of the comparison so far: others when it is done. */
  readonly parts: readonly TextPart[]
  readonly isDone: boolean
  /** As TextDiff has it. */
  readonly isBest: boolean
  readonly part: PartTexts
  readonly before: Connection
  readonly after: Connection
}

/** Two texts in one: what was removed is struck through, what was added is underlined. */
export function TextDiffView({ parts, isDone, isBest, part, before, after }: TextDiffViewProps) {
  const limit = useSignal(PARTS_SHOWN)
  if (part.before === null || part.after === null) {
    const [has, lacks] = part.before === null ? [after, before] : [before, after]
    return (
      <>
        <p class="compare-note">
          {t('Only in {has}, not in {lacks}', { has: toShortName(has), lacks: toShortName(lacks) })}
        </p>
        <TextParts parts={parts.slice(0, limit.value)} />
      </>
    )
  }
  const isSame = isDone && part.before === part.after
  if (isSame && part.before === '') return <p class="none">{t('Both are empty.')}</p>
  return (
    <>
      {isSame && <p class="compare-note">{t('The same in both.')}</p>}
      {!isBest && <p class="compare-note">{t('They differ so much that more may be the same than is shown.')}</p>}
      <TextParts parts={parts.slice(0, limit.value)} />
      {parts.length > limit.value && (
        <p class="buttons">
          <button type="button" class="text-button" onClick={() => (limit.value += PARTS_SHOWN)}>
            {t('Show more: {n} parts are left', { n: formatCount(parts.length - limit.value) })}
          </button>
        </p>
      )}
    </>
  )
}

function TextParts({ parts }: { readonly parts: readonly TextPart[] }) {
  return (
    <p class="compare-text">
      {parts.map(({ kind, text }, index) =>
        kind === 'same' ? text : kind === 'removed' ? <del key={index}>{text}</del> : <ins key={index}>{text}</ins>,
      )}
    </p>
  )
}
