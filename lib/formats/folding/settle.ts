import { say, saying } from '../../i18n/saying.ts'
import type { Wording } from '../../i18n/saying.ts'
import { toExcerpt } from './growing-turn.ts'
import type { GrowingPart, GrowingTurn } from './growing-turn.ts'
import type { GrowingText } from './grown-text.ts'
import { growPart } from './open-parts.ts'

/**
 * A part's whole text came, after its deltas. What the deltas did not bring is added; a text that is another one is a
 * problem, and what the page was given piece by piece stays. An empty whole says nothing.
 */
export function settleText(turn: GrowingTurn, part: GrowingPart, whole: string, name: Wording, event: number): void {
  const grown = textOf(part)
  if (whole === '' || grown === null || whole === grown.text) return
  if (grown.length === 0) return growPart(part, whole, event)
  const rest = whole.startsWith(grown.text) ? whole.slice(grown.length) : ''
  const text =
    rest === ''
      ? saying('The text of {name} is not what its deltas add up to: {excerpt}', { name, excerpt: toExcerpt(whole) })
      : saying('The text of {name} has {n} characters more than its deltas: {excerpt}', {
          name,
          n: rest.length,
          excerpt: toExcerpt(rest),
        })
  // The whole comes again with the part's end and with the item's: once is enough.
  const said = say(text)
  if (!turn.problems.some((problem) => say(problem.text) === said)) turn.problem('unexpected-shape', text, event)
  growPart(part, rest, event)
}

function textOf(part: GrowingPart): GrowingText | null {
  if (part.kind === 'media') return null
  return part.kind === 'tool call' ? part.arguments : part.text
}
