/** Runs one probe in the page, and says whether it came to a result of its own. */
import type { Json } from './facts.ts'
import { createWorld, type Figures, type Probe } from './world.ts'

/** What one probe gave in one run. */
export interface Findings extends Figures {
  readonly facts: Json
  /** Why there are no facts: the probe failed itself, or did not finish. Null: there are. */
  readonly problem: string | null
}

/** Far longer than any probe takes, also on a busy machine. */
const LIMIT_MS = 60_000

export async function runProbe(probe: Probe | undefined): Promise<Findings> {
  if (probe === undefined) throw new Error('There is no such probe')
  const query = new URLSearchParams(location.search)
  const figures: Figures = { reported: {}, bounded: {} }
  const world = createWorld(query.get('id') ?? '', query.get('other') ?? '', figures)
  // A task of its own: no frames of the browser's driver on the stack.
  await new Promise((resolve) => setTimeout(resolve))
  // Not by `Promise.race` and the like: a probe may have written over them by then.
  return new Promise<Findings>((resolve) => {
    const fail = (problem: string) => resolve({ facts: null, problem, ...figures })
    setTimeout(() => fail(`did not finish within ${LIMIT_MS / 1_000} s`), LIMIT_MS)
    const run = async () => {
      try {
        resolve({ facts: await probe(world), problem: null, ...figures })
      } catch (error) {
        fail(`failed itself: ${String(error)}`)
      }
    }
    void run()
  })
}
