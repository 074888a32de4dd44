import type { ComponentChildren } from 'preact'

/** A text with all places marked that `search` finds; as it is without one. */
export function Marked({ text, search }: { readonly text: string; readonly search: RegExp | null }) {
  if (search === null || !search.test(text)) return <>{text}</>
  const parts: ComponentChildren[] = []
  let from = 0
  for (const found of text.matchAll(new RegExp(search, `${search.flags}g`))) {
    // An expression may find nothing between two characters: there is nothing to mark.
    if (found[0] === '') continue
    if (found.index > from) parts.push(text.slice(from, found.index))
    parts.push(<mark key={found.index}>{found[0]}</mark>)
    from = found.index + found[0].length
  }
  parts.push(text.slice(from))
  return <>{parts}</>
}
