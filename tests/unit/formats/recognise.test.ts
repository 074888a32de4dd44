import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FORMATS } from '../../../lib/formats/formats.ts'
import { recognise } from '../../../lib/formats/recognise.ts'
import { sampleOf, toEvents } from './harness.ts'
import type { Wire } from './harness.ts'

const FIXTURES = join(import.meta.dirname, '../../fixtures/formats')

/** Formats without wire bytes of their own: any text will do. */
const WITHOUT_FIXTURES = ['plain-text']
/** What is wrong is no example of a format. */
const NO_EXAMPLES = new Set(['faulty', 'cut'])

/** The healthy streams in a format's fixtures. */
async function examplesOf(format: string): Promise<[name: string, wire: Wire][]> {
  const cases = (await import(join(FIXTURES, format, 'cases.ts'))) as Record<string, unknown>
  const groups = Object.entries(cases).filter(([name]) => !NO_EXAMPLES.has(name))
  return groups.flatMap(([, group]) => (isGroup(group) ? Object.entries(group) : []))
}

function isGroup(value: unknown): value is Record<string, Wire> {
  return typeof value === 'object' && value !== null && Object.values(value).every((one) => isWire(one))
}

function isWire(value: unknown): value is Wire {
  return typeof value === 'object' && value !== null && 'framing' in value && 'text' in value
}

test('every format has a name of its own, and fixtures under that name', () => {
  const names = FORMATS.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  const lacking = names.filter((name) => !existsSync(join(FIXTURES, name, 'cases.ts')))
  expect(lacking).toEqual(WITHOUT_FIXTURES)
})

for (const { name } of FORMATS.filter((format) => !WITHOUT_FIXTURES.includes(format.name))) {
  test(`${name}: its streams are taken for nothing else`, async () => {
    const examples = await examplesOf(name)
    const own = examples.filter(([example, { framing, text }]) => {
      const sample = sampleOf(framing, toEvents(framing, [text]))
      const sure = FORMATS.filter((format) => format.match(sample)?.certainty === 'sure').map((format) => format.name)
      // Some streams tell only with their request what they are; another format they are never.
      expect([[], [name]], `for ${example}`).toContainEqual(sure)
      return recognise(sample)?.format.name === name
    })
    expect(own.length).toBeGreaterThan(1)
  })
}

test('a stream of no known format is taken for none', () => {
  const events = toEvents('sse', [
    'event: tick\ndata: {"n":1,"type":"tick","delta":"x"}\n\ndata: hello\n\ndata: [1,2]\n\n',
  ])
  expect(recognise(sampleOf('sse', events))).toBeNull()
  expect(recognise(sampleOf('ndjson', toEvents('ndjson', ['{"level":"info","msg":"up"}\n'])))).toBeNull()
  expect(recognise(sampleOf('sse', []))).toBeNull()
  expect(recognise(sampleOf('text', toEvents('text', ['Hello'])))?.format.name).toBe('plain-text')
})

test('the host alone makes nothing likely', () => {
  const hosts = [
    'api.openai.com',
    'api.anthropic.com',
    'generativelanguage.googleapis.com',
    'api.cohere.com',
    'localhost:11434',
  ]
  for (const host of hosts)
    expect(recognise(sampleOf('sse', [], { url: `https://${host}/` })), `for ${host}`).toBeNull()
})
