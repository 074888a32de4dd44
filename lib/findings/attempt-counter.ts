import type { Connection } from '../session/types.ts'

export interface AttemptCounter {
  /** How often an EventSource had connected at `atMs`, in ms of the document's clock. Times must not fall from call to call. */
  countUntil(connection: Connection, atMs: number): number
}

/** Looks at each mark once. */
export function createAttemptCounter(): AttemptCounter {
  let looked = 0
  let count = 0
  return {
    countUntil({ attemptMarks }, atMs) {
      for (let mark = attemptMarks[looked]; mark !== undefined && mark.atMs <= atMs; mark = attemptMarks[looked]) {
        if (mark.state === 'open') count += 1
        looked += 1
      }
      return count
    },
  }
}
