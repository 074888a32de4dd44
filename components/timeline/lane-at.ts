/** Which lane a place of the overview belongs to, and what it is called. */
import type { Connection } from '../../lib/session/types.ts'
import { layOutLanes } from '../../lib/timeline/lanes.ts'
import { toPath } from '../parts/format.ts'

/** Of lanes that share a band, the one that lives at that moment or is nearest to it. Null below the last lane. */
export function laneAt(lanes: readonly Connection[], heightPx: number, y: number, atMs: number): Connection | null {
  const layout = layOutLanes(lanes.length, heightPx)
  const band = layout.bandAt(y)
  if (band === -1) return null
  const { from, to } = layout.lanesOf(band)
  let nearest: Connection | null = null
  let leastMs = Infinity
  for (const connection of lanes.slice(from, to)) {
    const distanceMs = distanceOf(connection, atMs)
    if (distanceMs >= leastMs) continue
    nearest = connection
    leastMs = distanceMs
  }
  return nearest
}

function distanceOf({ frame, open, ending }: Connection, wallMs: number): number {
  const atMs = wallMs - frame.timeOriginMs
  if (atMs < open.atMs) return open.atMs - atMs
  return ending === null ? 0 : Math.max(0, atMs - ending.atMs)
}

/** `3 /chat` */
export function laneName({ number, open }: Connection): string {
  const path = toPath(open.url)
  return `${number} ${path.length > 40 ? `${path.slice(0, 39)}…` : path}`
}
