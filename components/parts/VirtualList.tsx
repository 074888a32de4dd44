import { type Signal, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { useSize } from './use-size.ts'
import {
  isStretched,
  type ListGeometry,
  maxOffset,
  moveByKey,
  offsetToShow,
  spacePx,
  toOffset,
  toScrollTop,
  windowAt,
} from './virtual-window.ts'

/** What a row element must carry; spread it. */
export interface RowProps {
  readonly id: string
  readonly role: 'row' | 'treeitem' | 'none'
  readonly 'aria-rowindex'?: number
  readonly 'aria-selected'?: boolean
  readonly style: { readonly height: string }
  readonly onClick: () => void
}

export interface VirtualListProps {
  readonly label: string
  readonly role: 'grid' | 'treegrid' | 'tree' | 'group'
  readonly count: number
  readonly rowHeightPx: number
  readonly renderRow: (index: number, row: RowProps) => ComponentChildren
  /** Stays at the end while true; turned off when the user scrolls up, on when they reach the end. */
  readonly follow: Signal<boolean>
  readonly class?: string
  /** Column heads, `headPx` high; they stay on top. */
  readonly head?: ComponentChildren
  readonly headPx?: number
  /** -1: none. */
  readonly selected?: number
  /** Rows that may be selected; the others are stepped over. All if left out. */
  readonly canSelect?: (index: number) => boolean
  readonly onSelect?: (index: number, by: 'key' | 'pointer') => void
  /** Enter on the selected row. */
  readonly onOpen?: (index: number) => void
  /** A row to bring into view; set back to -1 when that is done. */
  readonly reveal?: Signal<number>
  /** Several rows may be selected; which ones is told by their own `aria-selected`. */
  readonly isMulti?: boolean
  /** Keys that do not move the selection. */
  readonly onKey?: (event: KeyboardEvent) => void
}

/** A list of any length whose rows all have one height: only those on screen are in the DOM. */
export function VirtualList(props: VirtualListProps) {
  const { count, rowHeightPx, follow, role, selected = -1, headPx = 0 } = props
  const isGrid = role === 'grid' || role === 'treegrid'
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const size = useSize(scroller)
  const list: ListGeometry = { count, rowHeightPx, viewportPx: Math.max(rowHeightPx, size.value.height - headPx) }

  // The offset into the whole list is the truth; the element's scroll position is its (perhaps rounded) echo.
  const wanted = useSignal(0)
  const echo = useRef(0)
  const mustScroll = useRef(false)
  const offset = follow.value ? maxOffset(list) : Math.min(wanted.value, maxOffset(list))
  const scrollTop = follow.value || mustScroll.current || isStretched(list) ? toScrollTop(offset, list) : offset

  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    // Otherwise left alone: writing the position would stop a scroll that is under way.
    if (!follow.peek() && !mustScroll.current && !isStretched(list)) return
    mustScroll.current = false
    if (Math.abs(element.scrollTop - scrollTop) >= 1) element.scrollTop = scrollTop
    echo.current = element.scrollTop
  })

  const scrollTo = (next: number) => {
    mustScroll.current = true
    follow.value = next >= maxOffset(list) - 1 && follow.peek()
    wanted.value = next
  }
  const toReveal = props.reveal?.value ?? -1
  useLayoutEffect(() => {
    if (toReveal < 0 || props.reveal === undefined) return
    props.reveal.value = -1
    follow.value = false
    // Not at the very border: what came before it is worth seeing too.
    scrollTo(Math.min(maxOffset(list), Math.max(0, toReveal * rowHeightPx - list.viewportPx / 3)))
  }, [toReveal])
  const onScroll = () => {
    const element = scroller.current
    if (element === null || Math.abs(element.scrollTop - echo.current) < 1) return
    echo.current = element.scrollTop
    const next = toOffset(element.scrollTop, list)
    wanted.value = next
    follow.value = next >= maxOffset(list) - 1
  }
  const onWheel = (event: WheelEvent) => {
    if (event.deltaY < 0 && !event.ctrlKey && maxOffset(list) > 0) {
      wanted.value = offset
      follow.value = false
    }
    // In proportion one notch would skip rows: move by what the wheel said instead.
    if (!isStretched(list) || event.ctrlKey || event.deltaY === 0) return
    event.preventDefault()
    const unit = event.deltaMode === 1 ? rowHeightPx : event.deltaMode === 2 ? list.viewportPx : 1
    const next = Math.min(maxOffset(list), Math.max(0, offset + event.deltaY * unit))
    scrollTo(next)
    if (event.deltaY > 0 && next >= maxOffset(list) - 1) follow.value = true
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || event.metaKey || event.ctrlKey) return
    if (props.onSelect === undefined) {
      const top = Math.round(offset / rowHeightPx)
      const page = Math.floor(list.viewportPx / rowHeightPx)
      const to = moveByKey(event.key, event.key === 'ArrowUp' && top === 0 ? 0 : top, {
        ...list,
        count: Math.max(1, count - page + 1),
      })
      if (to === null) return props.onKey?.(event)
      event.preventDefault()
      scrollTo(Math.min(maxOffset(list), to * rowHeightPx))
      if (event.key === 'End') follow.value = true
      return
    }
    if (event.key === 'Enter' && selected >= 0) {
      event.preventDefault()
      return props.onOpen?.(selected)
    }
    const target = moveByKey(event.key, selected, list)
    if (target === null) return props.onKey?.(event)
    event.preventDefault()
    const to = selectableNear(target, selected, count, props.canSelect)
    if (to === -1) return
    props.onSelect(to, 'key')
    scrollTo(offsetToShow(to, offset, list))
    if (to === count - 1) follow.value = true
  }

  const { from, to, topPx } = windowAt(offset, scrollTop, list)
  const rows: ComponentChildren[] = []
  for (let index = from; index < to; index++) {
    rows.push(
      props.renderRow(index, {
        id: `${id}-${index}`,
        role: isGrid ? 'row' : role === 'tree' ? 'treeitem' : 'none',
        ...(isGrid && { 'aria-rowindex': index + (props.head === undefined ? 1 : 2) }),
        ...(role !== 'group' && { 'aria-selected': index === selected }),
        style: { height: `${rowHeightPx}px` },
        onClick: () => props.onSelect?.(index, 'pointer'),
      }),
    )
  }
  const active = selected >= from && selected < to ? `${id}-${selected}` : undefined
  return (
    <div
      ref={scroller}
      class={`virtual ${props.class ?? ''}`}
      role={role}
      tabIndex={0}
      aria-label={props.label}
      {...(isGrid && { 'aria-rowcount': count + (props.head === undefined ? 0 : 1) })}
      {...(active !== undefined && { 'aria-activedescendant': active })}
      {...(props.isMulti === true && { 'aria-multiselectable': true })}
      onScroll={onScroll}
      onWheel={onWheel}
      onKeyDown={onKeyDown}
    >
      {props.head}
      <div class="virtual-space" role="none" style={{ height: `${spacePx(list)}px` }}>
        <div class="virtual-window" role="none" style={{ transform: `translateY(${topPx}px)` }}>
          {rows}
        </div>
      </div>
    </div>
  )
}

/** The nearest selectable row at or beyond `target` in the direction of the move, else on the way back; -1 if none. */
function selectableNear(
  target: number,
  current: number,
  count: number,
  canSelect?: (index: number) => boolean,
): number {
  if (canSelect === undefined || canSelect(target)) return target
  const step = target >= current && target !== 0 ? 1 : -1
  const onward = target === 0 ? 1 : target === count - 1 ? -1 : step
  for (const direction of [onward, -onward]) {
    for (let index = target; index >= 0 && index < count; index += direction) if (canSelect(index)) return index
  }
  return -1
}
