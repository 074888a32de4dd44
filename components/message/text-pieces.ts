/** Cuts blocks of a text into pieces that look alike. */
import type { GrownText } from '../../lib/formats/turn.ts'
import type { Block } from './text-blocks.ts'

/** What is to be seen of a turn, and how. Same object, same look. */
export interface TurnLook {
  /** The first entry that is not to be seen yet; Infinity for all that came. */
  readonly until: number
  /** How long the page waited before an event brought text; null where text is not coloured by that. */
  readonly waitMs: ((from: number, to: number) => number) | null
  /** Entries whose text is marked, both ends included. */
  readonly marked: { readonly from: number; readonly to: number } | null
  /** Text is rendered as Markdown. */
  readonly markdown: boolean
}

export interface Piece extends Block {
  /** 0 to WAIT_STEPS_MS.length: how long the wait before it was. */
  readonly heat: number
  readonly marked: boolean
}

/** A wait of this many ms or more is one step hotter. */
export const WAIT_STEPS_MS = [100, 250, 500, 1_000, 3_000] as const

/** How much of a text had come before entry `until`. */
export function lengthBefore(grown: GrownText, until: number): number {
  if (until === Infinity) return grown.length
  const deltas = grown.firstDeltaOf(until)
  return deltas === 0 ? 0 : grown.endOf(deltas - 1)
}

/** A block's text in runs of one look. */
export function toPieces(grown: GrownText, { from, to }: Block, { waitMs, marked }: TurnLook): Piece[] {
  if (waitMs === null && marked === null) return [{ from, to, heat: 0, marked: false }]
  const pieces: Piece[] = []
  let start = from
  for (let delta = grown.deltaAt(from); delta >= 0 && delta < grown.deltas && start < to; delta += 1) {
    const event = grown.eventOf(delta)
    const end = Math.min(to, grown.endOf(delta))
    const heat = waitMs === null || delta === 0 ? 0 : toHeat(waitMs(grown.eventOf(delta - 1), event))
    const isMarked = marked !== null && event >= marked.from && event <= marked.to
    const last = pieces.at(-1)
    if (last !== undefined && last.heat === heat && last.marked === isMarked) {
      pieces[pieces.length - 1] = { ...last, to: end }
    } else pieces.push({ from: start, to: end, heat, marked: isMarked })
    start = end
  }
  return pieces
}

function toHeat(ms: number): number {
  return WAIT_STEPS_MS.filter((step) => ms >= step).length
}
