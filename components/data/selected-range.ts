/** The part of a text that the user's selection covers, from rows that carry their offset in `data-from`. */
export function selectedRange(root: HTMLElement | null): { readonly from: number; readonly to: number } | null {
  const selection = getSelection()
  if (root === null || selection === null || selection.isCollapsed || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0)
  const from = offsetOf(range.startContainer, range.startOffset, root)
  const to = offsetOf(range.endContainer, range.endOffset, root)
  return from === null || to === null ? null : { from, to }
}

function offsetOf(node: Node, offset: number, root: HTMLElement): number | null {
  const element = node instanceof Element ? node : node.parentElement
  const row = element?.closest('[data-from]') ?? null
  if (row === null || !root.contains(row)) return null
  const before = document.createRange()
  before.setStart(row, 0)
  before.setEnd(node, offset)
  return Number(row.getAttribute('data-from')) + before.toString().length
}
