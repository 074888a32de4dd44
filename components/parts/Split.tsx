import { type Signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'

const KEY_STEP = 0.03
const LEAST = 0.1

interface SplitProps {
  /** `row`: side by side. */
  readonly direction: 'row' | 'column'
  readonly label: string
  /** Share of the first pane, 0 to 1. */
  readonly share: Signal<number>
  readonly first: ComponentChildren
  /** False: the second pane has all the room. */
  readonly showFirst?: boolean
  /** null: the first pane has all the room. */
  readonly second: ComponentChildren | null
}

/** Two panes and the bar between them, which pointer and arrow keys move. */
export function Split({ direction, label, share, first, showFirst = true, second }: SplitProps) {
  const root = useRef<HTMLDivElement>(null)
  const isRow = direction === 'row'
  const set = (next: number) => {
    share.value = Math.min(1 - LEAST, Math.max(LEAST, next))
  }
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  const onPointerMove = (event: PointerEvent) => {
    const bar = event.currentTarget
    if (root.current === null || !(bar instanceof HTMLElement) || !bar.hasPointerCapture(event.pointerId)) return
    const box = root.current.getBoundingClientRect()
    set(isRow ? (event.clientX - box.left) / box.width : (event.clientY - box.top) / box.height)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const [less, more] = isRow ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown']
    if (event.key === less) set(share.value - KEY_STEP)
    else if (event.key === more) set(share.value + KEY_STEP)
    else if (event.key === 'Home') set(0)
    else if (event.key === 'End') set(1)
    else return
    event.preventDefault()
  }
  // The first pane keeps its place in the tree, and so its focus and scroll position, when the second comes and goes.
  const tracks =
    second === null || !showFirst
      ? 'minmax(0, 1fr)'
      : `minmax(0, ${share.value}fr) auto minmax(0, ${1 - share.value}fr)`
  return (
    <div
      ref={root}
      class={`split split-${direction}`}
      style={isRow ? { gridTemplateColumns: tracks } : { gridTemplateRows: tracks }}
    >
      <div class="pane" hidden={!showFirst}>
        {first}
      </div>
      {second !== null && showFirst && (
        <div
          class="split-bar"
          role="separator"
          tabIndex={0}
          aria-label={label}
          aria-orientation={isRow ? 'vertical' : 'horizontal'}
          aria-valuemin={LEAST * 100}
          aria-valuemax={100 - LEAST * 100}
          aria-valuenow={Math.round(share.value * 100)}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onKeyDown={onKeyDown}
        />
      )}
      {second !== null && <div class="pane">{second}</div>}
    </div>
  )
}
