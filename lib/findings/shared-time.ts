/** Time that many small pieces of work share within one task of the browser, so that together they do not make it a long one. */

export interface SharedTime {
  /** What is left of it in this task, in ms, never below 0. */
  readonly leftMs: number
  /** No further piece should begin in this task. */
  readonly isOver: boolean
  /** A piece that began at `startMs` (`performance.now()`) is done. */
  spend(startMs: number): void
}

/**
 * @param mostMs in one task
 * @param leastPieces are done in each task whatever they take, so that a machine that is busy elsewhere gets through
 */
export function createSharedTime(mostMs: number, leastPieces: number): SharedTime {
  let usedMs = 0
  let pieces = 0
  const start = () => {
    usedMs = 0
    pieces = 0
  }
  return {
    get leftMs() {
      return Math.max(0, mostMs - usedMs)
    },
    get isOver() {
      return usedMs >= mostMs && pieces >= leastPieces
    },
    spend(startMs) {
      // All callbacks of one animation frame are one task: a timer is the first that comes after it.
      if (pieces === 0) setTimeout(start)
      pieces += 1
      usedMs += performance.now() - startMs
    },
  }
}
