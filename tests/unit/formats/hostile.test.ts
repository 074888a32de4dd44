import { expect, test, vi } from 'vitest'
import { FORMATS } from '../../../lib/formats/formats.ts'
import { createRandom } from '../../helpers/stream-builders.ts'
import * as a2a from '../../fixtures/formats/a2a/cases.ts'
import * as agUi from '../../fixtures/formats/ag-ui/cases.ts'
import * as anthropic from '../../fixtures/formats/anthropic-messages/cases.ts'
import * as cohere from '../../fixtures/formats/cohere-chat/cases.ts'
import * as gemini from '../../fixtures/formats/gemini/cases.ts'
import * as mcp from '../../fixtures/formats/mcp/cases.ts'
import * as ollama from '../../fixtures/formats/ollama/cases.ts'
import * as openaiChat from '../../fixtures/formats/openai-chat/cases.ts'
import * as openaiResponses from '../../fixtures/formats/openai-responses/cases.ts'
import * as vercelData from '../../fixtures/formats/vercel-data/cases.ts'
import * as vercelUi from '../../fixtures/formats/vercel-ui/cases.ts'
import { foldEvents, sampleOf, toEvents } from './harness.ts'
import type { Wire } from './harness.ts'

// Every stream goes through every format; nothing here is timed.
vi.setConfig({ testTimeout: 60_000 })

const WIRES: readonly Wire[] = [
  ...Object.values({ ...a2a.healthy03 }),
  ...Object.values({ ...a2a.healthy1 }),
  ...Object.values({ ...agUi.healthy }),
  ...Object.values({ ...anthropic.healthy }),
  ...Object.values({ ...anthropic.beta }),
  ...Object.values({ ...cohere.healthy }),
  ...Object.values({ ...gemini.healthy }),
  ...Object.values({ ...mcp.healthy }),
  ...Object.values({ ...ollama.healthy }),
  ...Object.values({ ...openaiChat.official, ...openaiChat.extended }),
  ...Object.values({ ...openaiResponses.healthy }),
  ...Object.values({ ...vercelData.healthy }),
  ...Object.values({ ...vercelUi.healthy }),
]

const DEEP = '['.repeat(6_000) + ']'.repeat(6_000)
const JUNK = [
  'null',
  'true',
  '-1',
  '1e999',
  '""',
  '"x"',
  '[]',
  '{}',
  '[null]',
  '{"type":7}',
  '{"__proto__":{"a":1}}',
  '"constructor"',
  '"__proto__"',
]

/** Puts junk in the place of some values of a JSON text. */
function spoil(json: string, random: () => number): string {
  return json.replaceAll(/(?<=[:,[])(?:"(?:[^"\\]|\\.)*"(?!\s*:)|-?\d+|true|false|null|\{\}|\[\])/g, (value) => {
    return random() < 0.2 ? (JUNK[Math.floor(random() * JUNK.length)] ?? value) : value
  })
}

/** Whatever a folding gives must be asked for without an error, too. */
function tryAll(wire: Wire, data: readonly string[]): void {
  const events = toEvents(wire.framing, [wire.text]).map((event, i) => ({ ...event, data: data[i] ?? '' }))
  for (const format of FORMATS) {
    format.match(sampleOf(wire.framing, events, { requestBody: data[0] ?? '' }))
    format.terminal(events)
    const folding = foldEvents(format, wire.framing, events)
    folding.final()
    expect(folding.turn.format).toBe(format.name)
  }
}

const dataOf = ({ framing, text }: Wire) => toEvents(framing, [text]).map(({ data }) => data)

test('no format throws at the events of another', () => {
  for (const wire of WIRES) expect(() => tryAll(wire, dataOf(wire))).not.toThrow()
})

test('no format throws at values of the wrong kind, at missing and at repeated events', () => {
  const seed = Math.floor(Math.random() * 2 ** 32)
  const random = createRandom(seed)
  for (const wire of WIRES) {
    const changed = dataOf(wire).flatMap((json) => {
      const chance = random()
      if (chance < 0.1) return []
      return chance < 0.2 ? [json, json] : [spoil(json, random)]
    })
    expect(() => tryAll(wire, changed), `seed ${seed}`).not.toThrow()
  }
})

test('no format throws at JSON that is nested too deeply to be written again', () => {
  const deep = (json: string) =>
    json.replace(/\[\]|\{\}|"Zürich"|"working"|"text":"[^"]*"/, (found) =>
      found.startsWith('"text":') ? `"text":${DEEP}` : DEEP,
    )
  for (const wire of WIRES) {
    // One event of the stream is enough; in the first, it would often not begin.
    const data = dataOf(wire)
    const at = data.findIndex((json, i) => i > 0 && deep(json) !== json)
    expect(() => tryAll(wire, data.with(Math.max(at, 0), deep(data[Math.max(at, 0)] ?? '')))).not.toThrow()
  }
})
