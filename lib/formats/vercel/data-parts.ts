/** What the lines of a data stream add up to: parts for the panel, and the message that the AI SDK 4 made of them. */
import { saying } from '../../i18n/saying.ts'
import { createDuplicateWatch } from '../folding/duplicates.ts'
import { checkArguments, grow } from '../folding/growing-turn.ts'
import type { GrowingMessage, GrowingTurn, PartOf } from '../folding/growing-turn.ts'
import { toJson, toList, toObject, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'
import { toBase64SizeBytes } from '../folding/media.ts'
import { growPart } from '../folding/open-parts.ts'
import { parsePartialJson } from '../json/partial-json.ts'

export interface VercelDataParts {
  message(): GrowingMessage
  /** The message's own name; empty until known. */
  id(): string
  /** False where the code is not known. */
  take(code: string, value: unknown, event: number): boolean
  end(failed: boolean): void
  final(): unknown
}

interface Grown<Kind extends 'text' | 'reasoning'> {
  readonly part: PartOf<Kind>
  readonly watch: (delta: string, event: number) => void
}

interface Call {
  readonly part: PartOf<'tool call'>
  readonly watch: (delta: string, event: number) => void
  readonly step: number
  state: 'partial-call' | 'call' | 'result'
  fields: JsonObject
}

export function createVercelDataParts(turn: GrowingTurn): VercelDataParts {
  let made: GrowingMessage | null = null
  let id = ''
  let step = 0
  let text: Grown<'text'> | null = null
  let reasoning: Grown<'reasoning'> | null = null
  let details: (() => JsonObject)[] = []
  const calls = new Map<string, Call>()
  const annotations: unknown[] = []
  /** The message's parts, built when asked for. */
  const finals: (() => JsonObject)[] = []
  const all = { text: '', reasoning: '' }

  function message(): GrowingMessage {
    made ??= turn.message('message', 'assistant')
    return made
  }

  function takeText(delta: string, event: number): void {
    all.text += delta
    if (text === null) {
      const part = turn.open(message(), 'text', `text ${step}`, event)
      text = { part, watch: createDuplicateWatch(turn) }
      finals.push(() => ({ type: 'text', text: part.text.text }))
    }
    text.watch(delta, event)
    grow(text.part, delta, event)
  }

  function openReasoning(event: number): Grown<'reasoning'> {
    if (reasoning !== null) return reasoning
    const part = turn.open(message(), 'reasoning', `reasoning ${step}`, event)
    reasoning = { part, watch: createDuplicateWatch(turn) }
    const own: (() => JsonObject)[] = []
    details = own
    finals.push(() => ({ type: 'reasoning', reasoning: part.text.text, details: own.map((detail) => detail()) }))
    return reasoning
  }

  /** A detail is what comes between two redactions: where it begins and ends in the text is kept. */
  let detail: { to: number | undefined; signature: string } | null = null

  function takeReasoning(delta: string, event: number): void {
    all.reasoning += delta
    const { part, watch } = openReasoning(event)
    if (detail === null) {
      const from = part.text.length
      const own = { to: undefined, signature: '' }
      detail = own
      details.push(() => ({
        type: 'text',
        text: part.text.text.slice(from, own.to),
        ...(own.signature === '' ? {} : { signature: own.signature }),
      }))
    }
    watch(delta, event)
    grow(part, delta, event)
  }
  function endDetail(): void {
    if (detail !== null) detail.to = reasoning?.part.text.length
    detail = null
  }

  function takeRedacted(data: JsonObject, event: number): void {
    const { part } = openReasoning(event)
    endDetail()
    part.redacted = true
    details.push(() => ({ type: 'redacted', data: data['data'] }))
  }

  function takeSignature(data: JsonObject): void {
    const signature = toText(data['signature'])
    if (reasoning !== null) reasoning.part.signature = signature
    if (detail !== null) detail.signature = signature
  }

  function openCall(data: JsonObject, event: number): Call {
    const callId = toText(data['toolCallId'])
    const part = turn.open(message(), 'tool call', `tool ${callId}`, event)
    const call: Call = { part, watch: createDuplicateWatch(turn), step, state: 'partial-call', fields: data }
    part.id = callId
    part.name = toText(data['toolName'])
    calls.set(callId, call)
    finals.push(() => ({ type: 'tool-invocation', toolInvocation: toInvocation(call) }))
    return call
  }

  function growCall(data: JsonObject, event: number): void {
    const callId = toText(data['toolCallId'])
    const call = calls.get(callId)
    if (call === undefined) {
      turn.problem(
        'delta-without-block',
        saying('Arguments for the tool call {id}, which was not started', { id: callId }),
        event,
      )
    }
    const { part, watch } = call ?? openCall(data, event)
    const delta = toText(data['argsTextDelta'])
    watch(delta, event)
    growPart(part, delta, event)
  }

  function takeCall(data: JsonObject, event: number): void {
    const call = calls.get(toText(data['toolCallId'])) ?? openCall(data, event)
    call.state = 'call'
    call.fields = data
    if (call.part.arguments.deltas > 0) checkArguments(turn, call.part)
    else if (data['args'] !== undefined) growPart(call.part, toJson(data['args']), event)
    call.part.closed = true
    call.part.lastEvent = event
  }

  function takeResult(data: JsonObject, event: number): void {
    const callId = toText(data['toolCallId'])
    const call = calls.get(callId)
    if (call === undefined) {
      turn.problem(
        'delta-without-block',
        saying('A result of the tool call {id}, which is not there', { id: callId }),
        event,
      )
    } else {
      call.state = 'result'
      call.fields = { ...call.fields, ...data }
    }
    const part = turn.open(message(), 'tool result', `tool ${callId} result`, event)
    part.id = callId
    part.name = call?.part.name ?? ''
    part.closed = true
    const { result } = data
    grow(part, typeof result === 'string' ? result : toJson(result), event)
  }

  function takeMedia(type: 'file' | 'source', data: JsonObject, event: number): void {
    const part = turn.open(message(), 'media', type, event)
    part.mediaType = toText(data['mimeType'])
    part.name = toText(data['title'])
    part.url = toText(data['url'])
    part.sizeBytes = toBase64SizeBytes(toText(data['data']))
    part.closed = true
    finals.push(() =>
      type === 'file' ? { type, mimeType: data['mimeType'], data: data['data'] } : { type, source: data },
    )
  }

  function takeData(name: string, value: unknown, event: number): void {
    const part = turn.open(message(), 'data', name, event)
    part.name = name
    part.closed = true
    grow(part, toJson(value), event)
    if (name === 'annotations') for (const annotation of toList(value)) annotations.push(annotation)
  }

  function startStep(data: JsonObject): void {
    message()
    id = toText(data['messageId'])
    finals.push(() => ({ type: 'step-start' }))
  }

  function endStep(data: JsonObject): void {
    step += 1
    if (data['isContinued'] !== true) text = null
    endDetail()
    reasoning = null
  }

  return {
    message,
    id: () => id,
    take(code, value, event) {
      const data = toObject(value) ?? {}
      switch (code) {
        case '0':
          takeText(toText(value), event)
          return true
        case '2':
          takeData('data', value, event)
          return true
        case '8':
          takeData('annotations', value, event)
          return true
        case '9':
          takeCall(data, event)
          return true
        case 'a':
          takeResult(data, event)
          return true
        case 'b':
          openCall(data, event)
          return true
        case 'c':
          growCall(data, event)
          return true
        case 'e':
          endStep(data)
          return true
        case 'f':
          startStep(data)
          return true
        case 'g':
          takeReasoning(toText(value), event)
          return true
        case 'h':
          takeMedia('source', data, event)
          return true
        case 'i':
          takeRedacted(data, event)
          return true
        case 'j':
          takeSignature(data)
          return true
        case 'k':
          takeMedia('file', data, event)
          return true
        default:
          return false
      }
    },
    end(failed) {
      for (const { part } of calls.values()) {
        if (part.closed || failed) continue
        const said = saying('The arguments of {name} were not ended', { name: part.name || part.key })
        turn.problem('unclosed-block', said, -1)
        checkArguments(turn, part)
      }
      for (const part of made?.parts ?? []) part.closed = true
    },
    final() {
      if (made === null) return null
      return {
        id,
        role: 'assistant',
        content: all.text,
        parts: finals.map((build) => build()),
        ...(all.reasoning === '' ? {} : { reasoning: all.reasoning }),
        ...(calls.size === 0 ? {} : { toolInvocations: [...calls.values()].map(toInvocation) }),
        ...(annotations.length === 0 ? {} : { annotations }),
      }
    },
  }
}

function toInvocation({ part, state, step, fields }: Call): JsonObject {
  if (state !== 'partial-call') return { step, ...fields, state }
  const args = parsePartialJson(part.arguments.text)?.value
  return { state, step, toolCallId: part.id, toolName: part.name, args }
}
