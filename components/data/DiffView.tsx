import { useMemo } from 'preact/hooks'
import { toDiffLines } from './diff-lines.ts'
import { language, t } from '../../lib/i18n/translate.ts'

const SIGNS = { same: ' ', added: '+', removed: '−', 'left out': '⋯' } as const

interface DiffViewProps {
  readonly before: string
  readonly after: string
  readonly label: string
}

/** What changed between two texts, line by line. */
export function DiffView({ before, after, label }: DiffViewProps) {
  const lines = useMemo(() => toDiffLines(before, after), [before, after, language.value])
  if (lines === null) return <div class="hint">{t('These two are too long, or too different, to be compared.')}</div>
  if (lines.every(({ change }) => change === 'same' || change === 'left out')) {
    return <div class="hint">{t('No difference.')}</div>
  }
  return (
    <pre class="block diff" tabIndex={0} role="group" aria-label={label}>
      {lines.map(({ change, text }, index) => (
        <span key={index} class={`diff-line diff-${change.replace(' ', '-')}`}>
          <span class="diff-sign">{SIGNS[change]} </span>
          {text}
          {'\n'}
        </span>
      ))}
    </pre>
  )
}
