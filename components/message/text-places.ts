/** Which text of a turn the user selected, and which events brought it. */
import type { GrownText, Part, Turn } from '../../lib/formats/turn.ts'

/** Entries, both ends included. */
export interface EntryRange {
  readonly from: number
  readonly to: number
}

interface Place {
  /** As `partId` made it. */
  readonly part: string
  readonly offset: number
}

export function partId(message: number, part: number): string {
  return `${message}.${part}`
}

/** The text of a part that grew by deltas; null where it has none. */
export function grownTextOf(part: Part): GrownText | null {
  switch (part.kind) {
    case 'media':
      return null
    case 'tool call':
      return part.arguments
    case 'text':
    case 'refusal':
    case 'reasoning':
    case 'tool result':
    case 'data':
      return part.text
    default:
      return part satisfies never
  }
}

/** The entries that brought what is selected within `root`; null where nothing of the turn's text is. */
export function selectedEntries(root: HTMLElement | null, turn: Turn): EntryRange | null {
  const selection = getSelection()
  if (root === null || selection === null || selection.isCollapsed || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0)
  const start = placeOf(range.startContainer, range.startOffset, root)
  const end = placeOf(range.endContainer, range.endOffset, root)
  if (start === null || end === null) return null
  const from = entryAt(turn, start, 0)
  const to = entryAt(turn, end, -1)
  return from < 0 || to < from ? null : { from, to }
}

function placeOf(node: Node, offset: number, root: HTMLElement): Place | null {
  const element = node instanceof Element ? node : node.parentElement
  const row = element?.closest('[data-from]') ?? null
  const part = row?.closest<HTMLElement>('[data-part]') ?? null
  if (row === null || part === null || !root.contains(part)) return null
  const before = document.createRange()
  before.setStart(row, 0)
  before.setEnd(node, offset)
  return { part: part.dataset['part'] ?? '', offset: Number(row.getAttribute('data-from')) + before.toString().length }
}

function entryAt(turn: Turn, { part, offset }: Place, shift: 0 | -1): number {
  const [message = -1, index = -1] = part.split('.').map(Number)
  const found = turn.messages[message]?.parts[index]
  const grown = found === undefined ? null : grownTextOf(found)
  if (grown === null || grown.length === 0) return -1
  return grown.eventOf(grown.deltaAt(Math.min(grown.length - 1, Math.max(0, offset + shift))))
}

/** The part that has text of one of these entries, as `partId` names it; null where none has. */
export function partWithEntry(turn: Turn, { from, to }: EntryRange): string | null {
  for (const [message, { parts }] of turn.messages.entries()) {
    for (const [index, part] of parts.entries()) {
      const grown = grownTextOf(part)
      const delta = grown?.firstDeltaOf(from) ?? 0
      const hasText = grown !== null && delta < grown.deltas && grown.eventOf(delta) <= to
      if (hasText || (grown === null && part.firstEvent >= from && part.firstEvent <= to)) return partId(message, index)
    }
  }
  return null
}
