import { expect, test } from 'vitest'
import { recognise } from '../../../lib/formats/recognise.ts'
import * as a2a from '../../fixtures/formats/a2a/cases.ts'
import * as agUi from '../../fixtures/formats/ag-ui/cases.ts'
import * as anthropic from '../../fixtures/formats/anthropic-messages/cases.ts'
import * as cohere from '../../fixtures/formats/cohere-chat/cases.ts'
import * as gemini from '../../fixtures/formats/gemini/cases.ts'
import * as mcp from '../../fixtures/formats/mcp/cases.ts'
import * as ollama from '../../fixtures/formats/ollama/cases.ts'
import { sampleOf, toEvents } from './harness.ts'
import type { Wire } from './harness.ts'

const BY_FORMAT: Readonly<Record<string, Readonly<Record<string, Wire>>>> = {
  a2a: { ...a2a.healthy03, ...a2a.healthy1, ...a2a.plain1 },
  'ag-ui': { ...agUi.healthy, ...agUi.older },
  'anthropic-messages': { ...anthropic.healthy, ...anthropic.beta },
  'cohere-chat': cohere.healthy,
  gemini: gemini.healthy,
  mcp: { 'tool call': mcp.healthy['tool call'], notifications: mcp.notifications, sampling: mcp.asking.sampling },
  ollama: ollama.healthy,
}

for (const [format, wires] of Object.entries(BY_FORMAT)) {
  test(`streams of ${format} are taken for it, by their events alone`, () => {
    for (const [name, { framing, text }] of Object.entries(wires)) {
      const found = recognise(sampleOf(framing, toEvents(framing, [text])))
      expect([name, found?.format.name, found?.match.certainty]).toEqual([name, format, 'sure'])
    }
  })
}
