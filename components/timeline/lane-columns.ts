/** What came in each pixel of a band, of one lane or of several that share it. */
import { eachPixel, firstAtOrAfter } from '../../lib/timeline/bins.ts'
import { type Span, toPx } from '../../lib/timeline/span.ts'
import type { Connection } from '../../lib/session/types.ts'

export interface Silence {
  readonly fromPx: number
  readonly toPx: number
  readonly fromMs: number
  readonly toMs: number
}

export interface LaneColumns {
  /** Empties `widthPx` pixels. */
  clear(widthPx: number): void
  /** Adds a lane; the view is on its document's clock. Gives the stretches without anything between its entries, and after the last, that are at least `leastPx` wide. */
  add(connection: Connection, view: Span, untilMs: number, leastPx: number): readonly Silence[]
  /** Events in a pixel; 0 when only others came, -1 when nothing. */
  at(px: number): number
  readonly most: number
}

export function createLaneColumns(): LaneColumns {
  let counts = new Int32Array(0)
  let width = 0
  let most = 0
  return {
    clear(widthPx) {
      width = Math.ceil(widthPx)
      if (counts.length < width) counts = new Int32Array(width)
      counts.fill(-1, 0, width)
      most = 0
    },
    add({ entries }, view, untilMs, leastPx) {
      const silences: Silence[] = []
      let freePx = 0
      const noteSilence = (endPx: number, next: number, toMs: number) => {
        // What came before the first entry is no silence: nothing was due yet.
        if (next === 0 || endPx - freePx < leastPx) return
        silences.push({ fromPx: freePx, toPx: endPx, fromMs: entries.atMsOf(next - 1), toMs })
      }
      eachPixel(entries, view, width, (px, from, to) => {
        noteSilence(px, from, entries.atMsOf(from))
        freePx = px + 1
        const events = entries.eventsAmong(to) - entries.eventsAmong(from)
        const count = Math.max(0, counts[px] ?? 0) + events
        counts[px] = count
        most = Math.max(most, count)
      })
      const next = firstAtOrAfter(entries, view.toMs)
      const nextMs = next < entries.length ? entries.atMsOf(next) : untilMs
      noteSilence(Math.min(width, Math.floor(toPx(view, width, nextMs))), next, nextMs)
      return silences
    },
    at: (px) => counts[px] ?? -1,
    get most() {
      return most
    },
  }
}
