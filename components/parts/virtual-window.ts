/** Which rows of a long list are on screen. Pure arithmetic in CSS pixels; `VirtualList` does the DOM. */

/**
 * Browsers cap an element's height (Firefox about 17.8 million px, Chromium 33.5 million, less when zoomed). Beyond this
 * bound the scroll bar stands for the list in proportion.
 */
export const MAX_SPACE_PX = 8_000_000

/** Rows drawn above and below the visible ones, so that fast scrolling shows no gaps. */
export const OVERSCAN_ROWS = 8

export interface ListGeometry {
  readonly count: number
  readonly rowHeightPx: number
  readonly viewportPx: number
}

export interface ListWindow {
  /** First row to draw, and the row after the last. */
  readonly from: number
  readonly to: number
  /** Where the first drawn row stands in the space that scrolls. */
  readonly topPx: number
}

/** Height of the element that makes the scroll bar. */
export function spacePx(list: ListGeometry): number {
  return Math.min(list.count * list.rowHeightPx, Math.max(MAX_SPACE_PX, list.viewportPx))
}

/** The greatest offset into the whole list; 0 when all rows fit. */
export function maxOffset(list: ListGeometry): number {
  return Math.max(0, list.count * list.rowHeightPx - list.viewportPx)
}

/** Whether the scroll bar stands in proportion only. */
export function isStretched(list: ListGeometry): boolean {
  return list.count * list.rowHeightPx > spacePx(list)
}

function maxScroll(list: ListGeometry): number {
  return Math.max(0, spacePx(list) - list.viewportPx)
}

/** The scroll position of the element → the offset into the whole list. */
export function toOffset(scrollTop: number, list: ListGeometry): number {
  const most = maxOffset(list)
  if (!isStretched(list)) return Math.min(Math.max(0, scrollTop), most)
  const share = Math.min(1, Math.max(0, scrollTop / maxScroll(list)))
  return share * most
}

/** The offset into the whole list → the scroll position of the element. */
export function toScrollTop(offset: number, list: ListGeometry): number {
  if (!isStretched(list)) return offset
  const most = maxOffset(list)
  return most === 0 ? 0 : (offset / most) * maxScroll(list)
}

/** The rows to draw at `offset`. `scrollTop` is where the element stands, which may be rounded. */
export function windowAt(offset: number, scrollTop: number, list: ListGeometry): ListWindow {
  const first = Math.floor(offset / list.rowHeightPx)
  const last = Math.ceil((offset + list.viewportPx) / list.rowHeightPx)
  const from = Math.max(0, Math.min(first, list.count) - OVERSCAN_ROWS)
  const to = Math.min(list.count, last + OVERSCAN_ROWS)
  return { from, to, topPx: from * list.rowHeightPx - offset + scrollTop }
}

/** The offset that shows row `index`, as near to `offset` as can be. */
export function offsetToShow(index: number, offset: number, list: ListGeometry): number {
  const top = index * list.rowHeightPx
  const least = top + list.rowHeightPx - list.viewportPx
  return Math.min(maxOffset(list), Math.max(0, Math.min(top, Math.max(offset, least))))
}

/** Where a key moves the selection of a list; null for keys that do not move. `current` is -1 for none. */
export function moveByKey(key: string, current: number, list: ListGeometry): number | null {
  const last = list.count - 1
  if (last < 0) return null
  const page = Math.max(1, Math.floor(list.viewportPx / list.rowHeightPx) - 1)
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, current + 1)
    case 'ArrowUp':
      return current < 0 ? last : Math.max(0, current - 1)
    case 'PageDown':
      return Math.min(last, Math.max(0, current) + page)
    case 'PageUp':
      return Math.max(0, current - page)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}
