/** What two turns say, part by part, so that each part is compared with its like. */
import { say } from '../i18n/saying.ts'
import type { Part, Turn } from '../formats/turn.ts'

export interface PartTexts {
  readonly kind: Part['kind'] | 'error'
  /** A tool's or a data part's name; empty for text. */
  readonly name: string
  /** Counts the parts of one kind and name, from 1. */
  readonly nth: number
  /** Null where the turn has no such part. */
  readonly before: string | null
  readonly after: string | null
}

/** The parts of both turns, in the first one's order; what is only in the second comes after what it follows there. */
export function pairParts(before: Turn | null, after: Turn | null): readonly PartTexts[] {
  const [first, second] = [namedTexts(before), namedTexts(after)]
  const pairs: PartTexts[] = []
  const addAlone = (from: number) => {
    for (let j = from; j < second.length; j += 1) {
      const one = second[j]
      if (one === undefined || first.some(({ key }) => key === one.key)) return
      pairs.push({ ...one, before: null, after: one.text })
    }
  }
  addAlone(0)
  for (const one of first) {
    const j = second.findIndex(({ key }) => key === one.key)
    pairs.push({ ...one, before: one.text, after: second[j]?.text ?? null })
    if (j !== -1) addAlone(j + 1)
  }
  return pairs.map(({ kind, name, nth, before: left, after: right }) => ({
    kind,
    name,
    nth,
    before: left,
    after: right,
  }))
}

interface NamedText extends Pick<PartTexts, 'kind' | 'name' | 'nth'> {
  readonly key: string
  readonly text: string
}

function namedTexts(turn: Turn | null): readonly NamedText[] {
  const counts = new Map<string, number>()
  const named = (kind: PartTexts['kind'], name: string, text: string): NamedText => {
    const like = `${kind} ${name}`
    const nth = (counts.get(like) ?? 0) + 1
    counts.set(like, nth)
    return { kind, name, nth, key: `${like} ${nth}`, text }
  }
  const parts = (turn?.messages ?? []).flatMap((message) => message.parts)
  return [
    ...parts.map((part) => named(part.kind, nameOf(part), textOf(part))),
    ...(turn?.errors ?? []).map(({ code, text }) => named('error', code, say(text))),
  ]
}

function nameOf(part: Part): string {
  switch (part.kind) {
    case 'tool call':
    case 'tool result':
    case 'data':
      return say(part.name)
    case 'media':
      return part.mediaType
    case 'text':
    case 'refusal':
    case 'reasoning':
      return ''
    default:
      return part satisfies never
  }
}

function textOf(part: Part): string {
  switch (part.kind) {
    case 'tool call':
      return part.arguments.text
    case 'media':
      // An address may hold the data itself.
      return say(part.name) || part.url.slice(0, 200)
    case 'text':
    case 'refusal':
    case 'reasoning':
    case 'tool result':
    case 'data':
      return part.text.text
    default:
      return part satisfies never
  }
}
