import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import type { ShownRow } from '../connections/groups.ts'
import { CompareBar } from './CompareBar.tsx'
import type { CompareState } from './compare-state.ts'

interface MarkedListProps {
  /** As they are listed. */
  readonly rows: readonly ShownRow[]
  readonly selectedKey: string | null
  readonly state: CompareState
  /** Makes another row the current one, and leaves what is marked as it is. */
  readonly onMove: (key: string) => void
  readonly children: ComponentChildren
}

/**
 * Around the list of connections: clicks and keys that select several. Ctrl or ⌘ with a click or Space takes one more or
 * less, Shift takes all in between, Ctrl with an arrow moves on without selecting.
 */
export function MarkedList({ rows, selectedKey, state, onMove, children }: MarkedListProps) {
  const root = useRef<HTMLDivElement>(null)
  const keys = () => rows.flatMap((row) => (row.kind === 'connection' ? [row.connection.key] : []))

  const markUpTo = (key: string) => {
    const all = keys()
    const from = selectedKey === null ? -1 : all.indexOf(selectedKey)
    const to = all.indexOf(key)
    state.mark(from === -1 ? [key] : all.slice(Math.min(from, to), Math.max(from, to) + 1))
  }
  const toRow = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-connection]') : null
    return row?.dataset['connection'] ?? null
  }
  const onClick = (event: MouseEvent) => {
    const key = toRow(event)
    if (key === null || !(event.ctrlKey || event.metaKey || event.shiftKey)) return
    event.stopPropagation()
    if (event.shiftKey) return markUpTo(key)
    state.toggle(key, selectedKey)
    onMove(key)
  }
  /** The next connection above or below, by key. */
  const neighbour = (by: -1 | 1): string | null => {
    const all = keys()
    const at = selectedKey === null ? -1 : all.indexOf(selectedKey)
    return all[at === -1 ? (by === 1 ? 0 : all.length - 1) : at + by] ?? null
  }
  const press = ({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean => {
    const withCommand = ctrlKey || metaKey
    if (altKey || withCommand === shiftKey) return false
    if (key === ' ' && withCommand) {
      if (selectedKey !== null) state.toggle(selectedKey, null)
      return selectedKey !== null
    }
    if (key !== 'ArrowUp' && key !== 'ArrowDown') return false
    const to = neighbour(key === 'ArrowUp' ? -1 : 1)
    if (to === null) return true
    if (shiftKey) extend(to)
    else if (state.marked.value.size === 0 && selectedKey !== null) state.mark([selectedKey])
    onMove(to)
    show(to)
    return true
  }
  /** Takes the next one too; going back gives the last one up. */
  const extend = (to: string) => {
    const marked = state.marked.value
    const isBack = marked.has(to) && selectedKey !== null
    state.mark(isBack ? [...marked].filter((key) => key !== selectedKey) : [...marked, selectedKey ?? to, to])
  }
  const show = (key: string) => {
    const row = root.current?.querySelector(`[data-connection="${CSS.escape(key)}"]`)
    row?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <div ref={root} class="marked-list">
      <div
        class="marked-rows"
        role="none"
        onClickCapture={onClick}
        onMouseDown={(event) => {
          // It would select the text of all rows in between.
          if (event.shiftKey) event.preventDefault()
          if (event.shiftKey) root.current?.querySelector<HTMLElement>('.connections')?.focus()
        }}
        onKeyDownCapture={(event) => {
          if (!press(event)) return
          event.preventDefault()
          event.stopPropagation()
        }}
      >
        {children}
      </div>
      <CompareBar state={state} />
    </div>
  )
}
