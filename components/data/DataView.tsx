import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { formatSize } from '../parts/format.ts'
import { JsonTree } from './JsonTree.tsx'
import { parseJson } from './json-tree.ts'
import { TextLines } from './TextLines.tsx'
import { toTextSource } from './text-rows.ts'
import { t } from '../../lib/i18n/translate.ts'

/** Beyond these many characters JSON is read only when asked for: it takes seconds. */
const AUTO_JSON_LENGTH = 2_000_000
/** Beyond these a text is shown row by row, not as one wrapped block. */
const BLOCK_LENGTH = 20_000

/** Another way to show the text. */
export interface OtherView {
  /** A message. */
  readonly name: string
  readonly render: () => ComponentChildren
}

interface DataViewProps {
  readonly text: string
  readonly label: string
  /** What stands in the bar before and after the view's own buttons. */
  readonly before?: ComponentChildren
  readonly after?: ComponentChildren
  readonly others?: readonly OtherView[]
  /** As JsonTree has it. */
  readonly onPoint?: (steps: readonly (string | number)[]) => void
}

/** A text as what it is: JSON as a tree, the rest as text; either way the text itself is one press away. */
export function DataView({ text, label, before, after, others = [], onPoint }: DataViewProps) {
  const asText = useSignal(false)
  const asked = useSignal(false)
  const otherName = useSignal('')
  const mayParse = text.length <= AUTO_JSON_LENGTH || asked.value
  const value = useMemo(() => (mayParse ? parseJson(text) : undefined), [text, mayParse])
  const other = others.find(({ name }) => name === otherName.value)
  const isTree = value !== undefined && !asText.value
  return (
    <div class="data-view">
      <div class="view-bar">
        {before}
        {others.length > 0 && (
          <select
            class="view-select"
            aria-label={t('Show the data')}
            title={t('Other ways to show the data')}
            value={other?.name ?? ''}
            onChange={(event) => (otherName.value = event.currentTarget.value)}
          >
            <option value="">{t('Data')}</option>
            {others.map(({ name }) => (
              <option key={name} value={name}>
                {t(name)}
              </option>
            ))}
          </select>
        )}
        {value !== undefined && other === undefined && (
          <button
            type="button"
            class="text-button"
            aria-pressed={asText.value}
            onClick={() => (asText.value = !asText.value)}
          >
            {t('As text')}
          </button>
        )}
        {!mayParse && (
          <button type="button" class="text-button" onClick={() => (asked.value = true)}>
            {t('Read {size} as JSON', { size: formatSize(text.length) })}
          </button>
        )}
        {after}
      </div>
      {other !== undefined ? (
        other.render()
      ) : isTree ? (
        <JsonTree value={value} label={label} onPoint={onPoint} />
      ) : (
        <PlainText text={text} label={label} />
      )}
    </div>
  )
}

/** A text as it is: wrapped as one block, or row by row if it is long. */
export function PlainText({ text, label }: { readonly text: string; readonly label: string }) {
  const source = useMemo(() => toTextSource(text), [text])
  if (text === '') return <div class="hint">{t('Empty.')}</div>
  return text.length <= BLOCK_LENGTH ? (
    <pre class="block" tabIndex={0} role="group" aria-label={label}>
      {text}
    </pre>
  ) : (
    <TextLines source={source} label={label} />
  )
}
