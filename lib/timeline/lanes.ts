/** Where the lanes of the overview stand. When there are more than pixels, neighbours share a band. */

const MOST_PX = 16
const LEAST_PX = 3
/** From this height on, bands have a pixel or two between them. */
const ROOMY_PX = 6

export interface LaneLayout {
  readonly bandCount: number
  readonly bandPx: number
  /** Height of what is drawn in a band. */
  readonly barPx: number
  /** The band of a lane. */
  bandOf(lane: number): number
  /** The lanes [from, to) of a band. */
  lanesOf(band: number): { readonly from: number; readonly to: number }
  /** The band at a height; -1 below the last. */
  bandAt(px: number): number
}

export function layOutLanes(count: number, heightPx: number): LaneLayout {
  const room = Math.max(LEAST_PX, heightPx)
  const isMerged = count * LEAST_PX > room
  const bandCount = isMerged ? Math.max(1, Math.floor(room / LEAST_PX)) : count
  const bandPx = isMerged ? LEAST_PX : Math.min(MOST_PX, Math.floor(room / Math.max(1, count)))
  const firstOf = (band: number) => Math.ceil((band * count) / bandCount)
  return {
    bandCount,
    bandPx,
    barPx: bandPx - (bandPx >= ROOMY_PX ? 2 : 1),
    bandOf: (lane) => Math.floor((lane * bandCount) / Math.max(1, count)),
    lanesOf: (band) => ({ from: firstOf(band), to: firstOf(band + 1) }),
    bandAt(px) {
      const band = Math.floor(px / bandPx)
      return px >= 0 && band < bandCount ? band : -1
    },
  }
}
