/** The output items of one response: found by their index, each an object that its events fill. */
import { saying } from '../../i18n/saying.ts'
import type { GrowingMessage, GrowingTurn } from '../folding/growing-turn.ts'
import { toNumber, toObject, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'
import { createResponseItem } from './responses-item.ts'
import type { ResponseItem } from './responses-item.ts'
import { createResponseAudio } from './responses-audio.ts'

export interface ResponseOutput {
  /** The message that all parts are of. */
  message(): GrowingMessage
  /** False where the event is none of the output's. */
  take(type: string, data: JsonObject, event: number): boolean
  /** The response's last event came, with these items in it. */
  settle(items: readonly JsonObject[], isComplete: boolean, event: number): void
  /** A call waits for an answer of the page's. */
  isCalling(): boolean
  /** No more events come. `isCut`: nothing said that it is over. */
  end(isCut: boolean): void
  /** The items as the response without streaming has them; only finished ones where `isComplete`. */
  final(isComplete: boolean): unknown[]
}

export function createResponseOutput(turn: GrowingTurn): ResponseOutput {
  const items = new Map<number, ResponseItem>()
  let made: GrowingMessage | null = null
  const audio = createResponseAudio(turn, message)

  function message(): GrowingMessage {
    made ??= turn.message('response', 'assistant')
    return made
  }

  function open(index: number, raw: JsonObject, event: number): ResponseItem {
    const item = createResponseItem(turn, message(), index, raw, event)
    items.set(index, item)
    return item
  }

  function add(index: number, data: JsonObject, event: number): void {
    const raw = toObject(data['item'])
    if (raw === null)
      return turn.problem(
        'unexpected-shape',
        saying('{type} without an item', { type: 'response.output_item.added' }),
        event,
      )
    if (items.has(index)) {
      turn.problem('sequence-repeat', saying('Output item {index} is added a second time', { index }), event)
    }
    open(index, raw, event)
  }

  function finish(index: number, data: JsonObject, event: number): void {
    const raw = toObject(data['item'])
    if (raw === null)
      return turn.problem(
        'unexpected-shape',
        saying('{type} without an item', { type: 'response.output_item.done' }),
        event,
      )
    let item = items.get(index)
    if (item === undefined) {
      turn.problem('delta-without-block', saying('Output item {index} is done, but was not added', { index }), event)
      item = open(index, raw, event)
    }
    item.finish(raw, event)
  }

  return {
    message,
    take(type, data, event) {
      if (type.startsWith('response.audio.')) return audio(type, data, event)
      const index = toNumber(data['output_index'])
      if (index === null) return false
      if (type === 'response.output_item.added') add(index, data, event)
      else if (type === 'response.output_item.done') finish(index, data, event)
      else {
        const item = items.get(index)
        if (item !== undefined) return item.take(type, data, event)
        const text = saying('{type} for output item {index}, which was not added', { type, index })
        turn.problem('delta-without-block', text, event)
        const like = { type: toLikelyType(type), id: toText(data['item_id']) }
        return open(index, like, event).take(type, data, event)
      }
      return true
    },
    settle(given, isComplete, event) {
      // Some servers tell of an item only here.
      const ids = new Set([...items.values()].map(({ id }) => id))
      for (const [index, raw] of given.entries()) {
        if (!ids.has(toText(raw['id'])) && !items.has(index)) open(index, raw, event).finish(raw, event)
      }
      for (const item of items.values()) item.end(isComplete, event)
    },
    isCalling() {
      const parts = made?.parts ?? []
      const answered = new Set(parts.map((part) => (part.kind === 'tool result' ? part.id : '')))
      return parts.some((part) => part.kind === 'tool call' && !part.server && !answered.has(part.id))
    },
    end(isCut) {
      for (const item of items.values()) item.end(isCut, -1)
      for (const part of made?.parts ?? []) part.closed = true
    },
    final(isComplete) {
      const sorted = [...items].toSorted(([a], [b]) => a - b).map(([, item]) => item)
      return sorted.filter((item) => !isComplete || item.isDone()).map((item) => item.final())
    },
  }
}

/** What an item must be for such an event to be about it. */
function toLikelyType(eventType: string): string {
  const name = eventType.slice('response.'.length).split('.')[0] ?? ''
  if (name.startsWith('reasoning')) return 'reasoning'
  if (name === 'function_call_arguments') return 'function_call'
  if (name === 'mcp_call_arguments') return 'mcp_call'
  if (name === 'custom_tool_call_input') return 'custom_tool_call'
  if (name === 'code_interpreter_call_code') return 'code_interpreter_call'
  if (name === 'shell_call_command') return 'shell_call'
  if (name === 'shell_call_output_content') return 'shell_call_output'
  return name.endsWith('_call') ? name : 'message'
}
