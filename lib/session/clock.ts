/** The wall clock of the panel, which tests replace. */
export interface Clock {
  /** In ms since 1970. */
  now(): number
  /** Calls `run` about every `ms` milliseconds until the function it gives is called. */
  every(run: () => void, ms: number): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  every(run, ms) {
    const timer = setInterval(run, ms)
    return () => clearInterval(timer)
  },
}
