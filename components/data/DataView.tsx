import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { formatSize } from '../parts/format.ts'
import { JsonTree } from './JsonTree.tsx'
import { parseJson } from './json-tree.ts'
import { TextLines } from './TextLines.tsx'
import { toTextSource } from './text-rows.ts'

/** Beyond these many characters JSON is read only when asked for: it takes seconds. */
const AUTO_JSON_LENGTH = 2_000_000
/** Beyond these a text is shown row by row, not as one wrapped block. */
const BLOCK_LENGTH = 20_000

interface DataViewProps {
  readonly text: string
  readonly label: string
  /** What stands in the bar before and after the view's own buttons. */
  readonly before?: ComponentChildren
  readonly after?: ComponentChildren
}

/** A text as what it is: JSON as a tree, the rest as text; either way the text itself is one press away. */
export function DataView({ text, label, before, after }: DataViewProps) {
  const asText = useSignal(false)
  const asked = useSignal(false)
  const mayParse = text.length <= AUTO_JSON_LENGTH || asked.value
  const value = useMemo(() => (mayParse ? parseJson(text) : undefined), [text, mayParse])
  const source = useMemo(() => toTextSource(text), [text])
  const isTree = value !== undefined && !asText.value
  return (
    <div class="data-view">
      <div class="view-bar">
        {before}
        {value !== undefined && (
          <button
            type="button"
            class="text-button"
            aria-pressed={asText.value}
            onClick={() => (asText.value = !asText.value)}
          >
            As text
          </button>
        )}
        {!mayParse && (
          <button type="button" class="text-button" onClick={() => (asked.value = true)}>
            Read {formatSize(text.length)} as JSON
          </button>
        )}
        {after}
      </div>
      {isTree ? (
        <JsonTree value={value} label={label} />
      ) : text === '' ? (
        <div class="hint">Empty.</div>
      ) : text.length <= BLOCK_LENGTH ? (
        <pre class="block" tabIndex={0} aria-label={label}>
          {text}
        </pre>
      ) : (
        <TextLines source={source} label={label} />
      )}
    </div>
  )
}
