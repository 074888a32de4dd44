import { Session } from 'node:inspector'
import { expect } from 'vitest'
import type { Format } from '../../../lib/formats/format.ts'
import { sampleOf, toEvents } from './harness.ts'
import type { Wire } from './harness.ts'

// Only functions that are compiled after this have their loops counted, so it is started before any of them is called.
const session = new Session()
session.connect()
session.post('Profiler.enable')
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })

/**
 * How many times the work of 500 deltas 5,000 take: about 10 where folding is linear. Counted by the engine, never by
 * time: how often each block of code in `lib/formats` ran, and how many characters were parsed as JSON.
 */
export function growthOf(format: Format, toWire: (deltas: number) => Wire): number {
  const [few, many] = [countSteps(format, toWire(500)), countSteps(format, toWire(5_000))]
  expect(few.blocks).toBeGreaterThan(500)
  return Math.max(many.blocks / few.blocks, many.parsed / Math.max(few.parsed, 1))
}

function countSteps(format: Format, { framing, text }: Wire): { readonly blocks: number; readonly parsed: number } {
  const events = toEvents(framing, [text])
  const folding = format.start(sampleOf(framing, events))
  const native = JSON.parse
  let parsed = 0
  takeBlocks()
  try {
    JSON.parse = (json: string, ...rest) => {
      parsed += json.length
      return native(json, ...rest) as unknown
    }
    for (const event of events) folding.step(event)
    folding.end()
  } finally {
    JSON.parse = native
  }
  return { blocks: takeBlocks(), parsed }
}

/** How often blocks ran since it was last asked. Within one process the answer comes before `post` returns. */
function takeBlocks(): number {
  let blocks = 0
  session.post('Profiler.takePreciseCoverage', (_, { result }) => {
    for (const { url, functions } of result) {
      if (!url.includes('/lib/formats/')) continue
      for (const { ranges } of functions) for (const { count } of ranges) blocks += count
    }
  })
  return blocks
}
