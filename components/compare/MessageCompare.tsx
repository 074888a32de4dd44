import { useRef } from 'preact/hooks'
import { createTextDiff, type TextDiff, toDiffText } from '../../lib/compare/text-diff.ts'
import { pairParts, type PartTexts } from '../../lib/compare/turn-texts.ts'
import { t } from '../../lib/i18n/translate.ts'
import { hasMessage, turnReaderOf } from '../../lib/turns/turn-reader.ts'
import { formatCount } from '../parts/format.ts'
import { useSlices } from '../parts/use-slices.ts'
import { type CompareProps, liveNote, toName } from './compared.ts'
import { PairBar } from './PairBar.tsx'
import { TextDiffView } from './TextDiffView.tsx'

/** What two chat answers say, word by word. */
export function MessageCompare({ compared, state, now }: CompareProps) {
  const { base, other } = compared
  const isLive = base.alive || other.alive
  // Not for each delta: the text is compared as a whole.
  if (isLive) void now.value
  else void (base.version.value + other.version.value)
  const readers = [turnReaderOf(base), turnReaderOf(other)] as const
  const diffs = useRef(new Map<string, PartDiff>()).current
  const about = `${base.key} ${other.key}`
  const lastAbout = useRef(about)
  if (lastAbout.current !== about) diffs.clear()
  lastAbout.current = about
  const parts = pairParts(readers[0].turn, readers[1].turn).map((part) => follow(diffs, part))
  const isDone = useSlices(`${about} ${parts.map(({ round }) => round).join(' ')}`, (budgetMs) => {
    const untilMs = performance.now() + budgetMs
    const leftMs = () => Math.max(0, untilMs - performance.now())
    const areRead = readers.every((reader) => reader.update(leftMs()))
    return parts.every(({ diff }) => diff.step(leftMs())) && areRead
  })
  const without = [base, other].filter((connection) => !hasMessage(connection))
  if (without.length > 0) {
    return (
      <div class="view">
        <PairBar compared={compared} state={state} copied={null} />
        <div class="hint">
          {t('No chat format is recognised in {names}.', { names: without.map(toName).join(', ') })}
        </div>
      </div>
    )
  }
  const missing = readers[0].missing + readers[1].missing
  const note = [
    ...(missing === 0
      ? []
      : [t('{n} events were dropped: whether they are the same is not known.', { n: formatCount(missing) })]),
    isDone ? liveNote([base, other]) : t('comparing …'),
  ]
    .filter((text) => text !== '')
    .join(' · ')
  return (
    <div class="view">
      <PairBar
        compared={compared}
        state={state}
        note={note}
        copied={{
          title: t('Copy the differences: [-removed-] and {+added+}'),
          text: () => parts.map(({ part, diff }) => `${headOf(part)}\n${toDiffText(diff.parts)}`).join('\n\n'),
        }}
      />
      <div class="scroll view-body compare-message" tabIndex={0} role="group" aria-label={t('Message')}>
        {parts.length === 0 && <p class="none">{t('Neither says anything so far.')}</p>}
        {parts.map(({ key, part, diff }) => (
          <section key={key}>
            <h3>{headOf(part)}</h3>
            <TextDiffView
              parts={diff.parts}
              isDone={diff.isDone}
              isBest={diff.isBest}
              part={part}
              before={base}
              after={other}
            />
          </section>
        ))}
      </div>
    </div>
  )
}

interface PartDiff {
  readonly key: string
  part: PartTexts
  diff: TextDiff
  /** Counts the comparisons. */
  round: number
}

/** A comparison goes on to its end before it takes up what has come since. */
function follow(diffs: Map<string, PartDiff>, part: PartTexts): PartDiff {
  const key = `${part.kind} ${part.name} ${part.nth}`
  const known = diffs.get(key)
  if (known !== undefined) {
    const isSame = known.part.before === part.before && known.part.after === part.after
    if (isSame || !known.diff.isDone) return known
  }
  const made: PartDiff = {
    key,
    part,
    diff: createTextDiff(part.before ?? '', part.after ?? ''),
    round: (known?.round ?? 0) + 1,
  }
  // Shown until the new one is done.
  if (known !== undefined) made.diff.show(known.diff.parts)
  diffs.set(key, made)
  return made
}

function headOf({ kind, name, nth }: PartTexts): string {
  const title = titleOf(kind, name)
  return nth === 1 ? title : `${title} (${nth})`
}

function titleOf(kind: PartTexts['kind'], name: string): string {
  switch (kind) {
    case 'text':
      return t('Text')
    case 'refusal':
      return t('Refusal')
    case 'reasoning':
      return t('Reasoning')
    case 'tool call':
      return t('Tool call {name}', { name })
    case 'tool result':
      return t('Tool result {name}', { name })
    case 'media':
      return t('Media {name}', { name })
    case 'data':
      return t('Data {name}', { name })
    case 'error':
      return t('Error {name}', { name })
    default:
      return kind satisfies never
  }
}
