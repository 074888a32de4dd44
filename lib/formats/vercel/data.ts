/** Vercel's older data stream, version 1: lines of a code, a colon and JSON, in plain text. */
import { saying } from '../../i18n/saying.ts'
import type { Folding, Format, FormatEvent, Match, Sample, Terminal } from '../format.ts'
import { createGrowingTurn, toExcerpt } from '../folding/growing-turn.ts'
import { parseJson, toNumber, toObject, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'
import { createTextLines } from '../json/text-lines.ts'
import type { Usage } from '../turn.ts'
import { createVercelDataParts } from './data-parts.ts'
import { FINISH_KINDS } from './finish.ts'
import { headerOf } from '../../headers.ts'

const NAME = 'vercel-data'
/** A line of the format: its code and the JSON after it. */
const LINE = /^([0-9a-k]):(["{[].*)$/
const FINISH = 'd'
const ERROR = '3'

const HEADER = 'x-vercel-ai-data-stream'

export const vercelData: Format = {
  name: NAME,
  label: 'Vercel AI data stream (lines)',
  expected: saying('the line d: with the finish reason'),
  match,
  terminal,
  start,
}

function match(sample: Sample): Match | null {
  if (sample.framing !== 'text') return null
  const lines = toLines(sample.first).filter(({ isWhole }) => isWhole)
  const fits = lines.length > 0 && lines.every(({ text }) => text === '' || toValue(text) !== undefined)
  const [first] = lines
  if (fits && first !== undefined) {
    const evidence = saying('every line is a code, a colon and JSON: {excerpt}', { excerpt: toExcerpt(first.text) })
    return { certainty: 'sure', evidence: [evidence] }
  }
  if (headerOf(sample.responseHeaders, HEADER) === null || lines.length > 0) return null
  return { certainty: 'likely', evidence: [saying('the response has the header {header}', { header: HEADER })] }
}

function terminal(last: readonly FormatEvent[]): Terminal | null {
  for (const { text, index } of toLines(last).toReversed()) {
    if (toValue(text) === undefined) continue
    if (text.startsWith(FINISH)) return { kind: 'end', index, name: FINISH, text: '' }
    if (text.startsWith(ERROR)) return { kind: 'error', index, name: ERROR, text: toText(toValue(text)) }
  }
  return null
}

interface Line {
  readonly text: string
  /** The event that ended it. */
  readonly index: number
  readonly isWhole: boolean
}

function toLines(events: readonly FormatEvent[]): Line[] {
  const found: Line[] = []
  let index = -1
  const lines = createTextLines((text) => found.push({ text, index, isWhole: true }))
  for (const event of events) {
    index = event.index
    lines.feed(event.data)
  }
  const rest = lines.takeRest()
  if (rest !== '') found.push({ text: rest, index, isWhole: false })
  return found
}

/** The JSON of a line; undefined where it is no line of the format. */
function toValue(line: string): unknown {
  const [, , json] = LINE.exec(line) ?? []
  return json === undefined ? undefined : parseJson(json)
}

function start(): Folding {
  const turn = createGrowingTurn(NAME)
  const parts = createVercelDataParts(turn)
  let event = 0
  let failed = false
  const lines = createTextLines(takeLine)

  function takeLine(line: string): void {
    if (line.trim() === '') return
    const value = toValue(line)
    if (value === undefined) {
      turn.problem('not-json', saying('Not a code, a colon and JSON: {excerpt}', { excerpt: toExcerpt(line) }), event)
      return
    }
    if (turn.endedAt !== null) {
      const text = saying('A line after the end: {excerpt}', { excerpt: toExcerpt(line) })
      turn.problem('event-after-end', text, event)
    }
    const code = line.charAt(0)
    if (code === FINISH) return takeFinish(toObject(value) ?? {})
    if (code === ERROR) {
      failed = true
      turn.error(toText(value), '', event)
      turn.ended(event)
      return
    }
    if (code === 'e') takeUsage(toObject(value))
    if (!parts.take(code, value, event)) turn.strange(code, event)
    turn.id = parts.id()
  }

  function takeFinish(data: JsonObject): void {
    const reason = toText(data['finishReason'])
    if (reason === '') turn.problem('done-without-finish', saying('The line d: has no finish reason'), event)
    else turn.finish(parts.message(), reason, FINISH_KINDS.get(reason) ?? 'other', event)
    takeUsage(data)
    parts.end(failed)
    turn.ended(event)
  }

  /** Of the last step, until the last line has it for the whole. */
  function takeUsage(data: JsonObject | null): void {
    const usage = toObject(data?.['usage'])
    if (usage !== null) turn.usage = toUsage(usage, event)
  }

  return {
    step(given) {
      event = given.index
      lines.feed(given.data)
    },
    turn,
    end() {
      const rest = lines.takeRest()
      if (rest !== '') takeLine(rest)
      parts.end(failed)
      if (turn.endedAt === null) turn.problem('missing-terminal', saying('The stream ended without the line d:'), -1)
    },
    final: parts.final,
  }
}

function toUsage(usage: JsonObject, event: number): Usage {
  const [inputTokens, outputTokens] = [toNumber(usage['promptTokens']), toNumber(usage['completionTokens'])]
  const totalTokens = inputTokens === null || outputTokens === null ? null : inputTokens + outputTokens
  return { inputTokens, outputTokens, reasoningTokens: null, cachedInputTokens: null, totalTokens, event }
}
