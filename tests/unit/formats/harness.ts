/** Wire bytes through the real framing and a format: whole, cut at every byte, at random chunkings; and what a turn holds, in plain values. */
import { expect, test } from 'vitest'
import type { Folding, Format, FormatEvent, Sample } from '../../../lib/formats/format.ts'
import { SAMPLE_EVENTS } from '../../../lib/formats/format.ts'
import type { Part, Turn } from '../../../lib/formats/turn.ts'
import type { Framing } from '../../../lib/framing/framing.ts'
import { say } from '../../../lib/i18n/saying.ts'
import { createFramingParser, toData } from '../../../lib/framing/parser.ts'
import { createRandom } from '../../helpers/stream-builders.ts'

export interface Wire {
  readonly framing: Framing
  readonly text: string
}

/** SSE with the type in the data and in the event field, as most providers send it. */
export function sse(events: readonly (object | string)[], named = true): Wire {
  const blocks = events.map((event) => {
    const data = typeof event === 'string' ? event : JSON.stringify(event)
    const type = typeof event === 'object' && 'type' in event && named ? `event: ${String(event.type)}\n` : ''
    return `${type}data: ${data}\n\n`
  })
  return { framing: 'sse', text: blocks.join('') }
}

export function ndjson(lines: readonly object[]): Wire {
  return { framing: 'ndjson', text: lines.map((line) => `${JSON.stringify(line)}\n`).join('') }
}

/** The events that chunks of text come to. Blocks without data, comments and tails are entries, but no events. */
export function toEvents(framing: Framing, chunks: readonly string[]): FormatEvent[] {
  const text = chunks.join('')
  const events: FormatEvent[] = []
  let index = 0
  const parser = createFramingParser(framing, ({ kind, type, from, to, chunk }) => {
    if (kind === 'event') {
      events.push({ index, atMs: chunk, type, data: toData(framing, kind, text.slice(from, to)) })
    }
    index += 1
  })
  for (const [chunk, part] of chunks.entries()) parser.feed(part, chunk)
  parser.end(chunks.length)
  return events
}

export function sampleOf(framing: Framing, first: readonly FormatEvent[], given: Partial<Sample> = {}): Sample {
  return {
    url: 'https://page.test/api',
    method: 'POST',
    requestHeaders: [],
    requestBody: '',
    responseHeaders: [],
    framing,
    first: first.slice(0, SAMPLE_EVENTS),
    ...given,
  }
}

export function foldEvents(format: Format, framing: Framing, events: readonly FormatEvent[], ended = true): Folding {
  const folding = format.start(sampleOf(framing, events))
  for (const event of events) folding.step(event)
  if (ended) folding.end()
  return folding
}

/** The whole stream at once. */
export function fold(format: Format, { framing, text }: Wire): Folding {
  return foldEvents(format, framing, toEvents(framing, [text]))
}

/** With its evidence in words. */
export function matchOf(format: Format, wire: Wire, given: Partial<Sample> = {}) {
  const match = format.match(sampleOf(wire.framing, toEvents(wire.framing, [wire.text]), given))
  return match === null ? null : { ...match, evidence: match.evidence.map(say) }
}

export function terminalOf(format: Format, { framing, text }: Wire) {
  return format.terminal(toEvents(framing, [text]).slice(-8))
}

export function problemsOf(turn: Turn): string[] {
  return turn.problems.map(({ code }) => code)
}

/** Texts instead of grown texts, and no event numbers: equal however the stream was cut. */
export function toPlainPart(part: Part): Record<string, unknown> {
  const { firstEvent: _first, lastEvent: _last, ...rest } = part
  const plain: Record<string, unknown> = { ...rest }
  if ('text' in part) plain['text'] = part.text.text
  if ('arguments' in part) plain['arguments'] = part.arguments.text
  if ('citations' in part) plain['citations'] = part.citations.map(({ event: _event, ...citation }) => citation)
  return plain
}

export function toPlainTurn(turn: Turn) {
  return {
    id: turn.id,
    model: turn.model,
    messages: turn.messages.map(({ key, role, parts, finish }) => ({
      key,
      role,
      parts: parts.map(toPlainPart),
      finish: finish?.reason ?? null,
    })),
    usage: turn.usage === null ? null : { ...turn.usage, event: 0 },
    errors: turn.errors.map(({ text, code }) => `${code}: ${say(text)}`),
    problems: turn.problems.map(({ code, text }) => `${code}: ${say(text)}`),
    ended: turn.endedAt !== null,
    pings: turn.pings,
    unknown: turn.unknown.map(({ name, count }) => `${name} ×${count}`),
  }
}

/** Every text of the turn, in order of appearance. */
export function textsOf(turn: Turn, kind: Part['kind'] | 'arguments'): string[] {
  return turn.messages.flatMap(({ parts }) =>
    parts.flatMap((part) => {
      if (kind === 'arguments') return part.kind === 'tool call' ? [part.arguments.text] : []
      return part.kind === kind && 'text' in part ? [part.text.text] : []
    }),
  )
}

/** A turn in which the format finds nothing wrong, and every part of which it calls whole. */
export function expectHealthy(turn: Turn): void {
  expect(turn.problems).toEqual([])
  expect(turn.errors).toEqual([])
  expect(turn.unknown).toEqual([])
  expect(turn.messages.flatMap(({ parts }) => parts).every(({ closed }) => closed)).toBe(true)
}

/** Each faulty stream has exactly these problems. */
export function testFaults<Name extends string>(
  format: Format,
  faulty: Readonly<Record<Name, Wire>>,
  faults: Readonly<Record<Name, readonly string[]>>,
): void {
  for (const [name, wire] of Object.entries<Wire>(faulty)) {
    test(`${name}: is said`, () => {
      expect(problemsOf(fold(format, wire).turn)).toEqual(faults[name as Name])
    })
  }
}

/** Runs every case cut at every byte, and at random chunkings. */
export function testCuts(format: Format, cases: Readonly<Record<string, Wire>>): void {
  for (const [name, wire] of Object.entries(cases)) {
    test(`${name}: cut at every byte, it holds the beginning of the whole`, () => {
      expect(findFaultyCuts(format, wire)).toEqual([])
    })
    test(`${name}: cut at random into chunks, it comes to the same`, () => {
      const seed = Math.floor(Math.random() * 2 ** 32)
      const whole = toPlainTurn(fold(format, wire).turn)
      for (const chunks of toRandomChunks(wire.text, createRandom(seed))) {
        const events = toEvents(wire.framing, chunks)
        expect(toPlainTurn(foldEvents(format, wire.framing, events).turn), `seed ${seed}`).toEqual(whole)
      }
    })
  }
}

/** The cuts, as `byte: what is wrong`, at which the turn does not hold the beginning of the whole. */
function findFaultyCuts(format: Format, { framing, text }: Wire): string[] {
  const bytes = new TextEncoder().encode(text)
  const whole = foldEvents(format, framing, toEvents(framing, [text])).turn
  const faults: string[] = []
  let seen = ''
  for (let size = 0; size <= bytes.length; size += 1) {
    const events = toEvents(framing, [new TextDecoder().decode(bytes.subarray(0, size), { stream: true })])
    // Equal events fold to equal turns: only a cut that brings more of them is folded.
    const key = `${events.length} ${events.at(-1)?.data ?? ''}`
    if (key === seen) continue
    seen = key
    const folding = foldEvents(format, framing, events)
    const fault = findFault(folding.turn, whole)
    if (fault !== '') faults.push(`${size}: ${fault}`)
    JSON.stringify(folding.final())
  }
  return faults
}

/** What of `cut` is not the beginning of `whole`; empty where all is. */
function findFault(cut: Turn, whole: Turn): string {
  for (const [i, { key, parts }] of cut.messages.entries()) {
    const full = whole.messages[i]
    if (full?.key !== key) return `message ${key} stands for ${full?.key}`
    for (const [j, part] of parts.entries()) {
      const fullPart = full.parts[j]
      if (fullPart?.kind !== part.kind || fullPart.key !== part.key)
        return `part ${part.key} stands for ${fullPart?.key}`
      const [text, fullText] = [toText(part), toText(fullPart)]
      if (!fullText.startsWith(text)) return `${text} is not the beginning of ${fullText}`
    }
  }
  return ''
}

function toText(part: Part): string {
  if (part.kind === 'media') return ''
  return part.kind === 'tool call' ? part.arguments.text : part.text.text
}

/** The same bytes in chunks of random sizes, small ones first; characters are cut as well. */
function toRandomChunks(text: string, random: () => number): string[][] {
  const bytes = new TextEncoder().encode(text)
  return [12, 12, 12, 12, 400, 400, 400, 400].map((longest) => {
    const decoder = new TextDecoder()
    const chunks: string[] = []
    for (let from = 0; from < bytes.length;) {
      const to = from + 1 + Math.floor(random() * longest)
      chunks.push(decoder.decode(bytes.subarray(from, to), { stream: true }))
      from = to
    }
    return chunks
  })
}
