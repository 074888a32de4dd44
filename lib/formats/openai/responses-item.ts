/** One output item of a response: a message, reasoning, a call or its result. */
import { saying } from '../../i18n/saying.ts'
import type { GrowingMessage, GrowingTurn } from '../folding/growing-turn.ts'
import { toIndex, toObject, toObjects, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'
import { createResponseTexts } from './responses-texts.ts'
import { createResponseTool } from './responses-tool.ts'

export interface ResponseItem {
  readonly id: string
  /** False where the event is none of such an item's. */
  take(type: string, data: JsonObject, event: number): boolean
  /** The item is done, and this is all of it. */
  finish(raw: JsonObject, event: number): void
  isDone(): boolean
  /** No more comes for it. `mustBeDone`: it is a problem if it is not. */
  end(mustBeDone: boolean, event: number): void
  /** As far as its events told. */
  final(): unknown
}

export function createResponseItem(
  turn: GrowingTurn,
  message: GrowingMessage,
  index: number,
  raw: JsonObject,
  event: number,
): ResponseItem {
  const type = toText(raw['type'])
  const id = toText(raw['id'])
  const isText = type === 'message' || type === 'reasoning'
  const name =
    type === ''
      ? saying('output item {index} (without a type)', { index })
      : saying('output item {index} ({type})', { index, type })
  const texts = createResponseTexts(turn, message, `${index}`, name)
  const tool = isText ? null : createResponseTool(turn, message, `${index}`, raw, event)
  let latest: JsonObject = raw
  let done = false
  let ended = false

  /** Items may come with text in them already. */
  function takeGiven(given: JsonObject, at: number): void {
    for (const field of ['summary', 'content'] as const) {
      for (const [i, part] of toObjects(given[field]).entries()) texts.settle(field, i, part, at)
    }
  }

  function takeText(eventType: string, data: JsonObject, at: number): boolean {
    const field = eventType.startsWith('response.reasoning_summary') ? 'summary' : 'content'
    const i = toIndex(data[`${field}_index`]) ?? 0
    switch (eventType) {
      case 'response.content_part.added':
      case 'response.reasoning_summary_part.added':
        texts.add(field, i, toObject(data['part']) ?? {}, at)
        return true
      case 'response.content_part.done':
      case 'response.reasoning_summary_part.done':
        texts.settle(field, i, toObject(data['part']) ?? {}, at)
        texts.close(field, i)
        return true
      case 'response.output_text.delta':
      case 'response.refusal.delta':
      case 'response.reasoning_text.delta':
      case 'response.reasoning_summary_text.delta':
        texts.grow(field, i, data, toPartType(eventType), at)
        return true
      case 'response.output_text.done':
      case 'response.reasoning_text.done':
      case 'response.reasoning_summary_text.done':
        texts.settle(field, i, { type: toPartType(eventType), text: data['text'], logprobs: data['logprobs'] }, at)
        return true
      case 'response.refusal.done':
        texts.settle(field, i, { type: 'refusal', refusal: data['refusal'] }, at)
        return true
      case 'response.output_text.annotation.added':
        texts.annotate(i, data['annotation_index'], data['annotation'], at)
        return true
      default:
        return false
    }
  }

  if (type === 'message' && toText(raw['role']) !== '') message.role = toText(raw['role'])
  if (isText) takeGiven(raw, event)

  return {
    id,
    take(eventType, data, at) {
      if (done) {
        const text = saying('{type} for {item}, which is done', { type: eventType, item: name })
        turn.problem('delta-without-block', text, at)
      }
      return takeText(eventType, data, at) || (tool?.take(eventType, data, at) ?? false)
    },
    finish(given, at) {
      latest = given
      if (isText) takeGiven(given, at)
      if (type === 'reasoning') texts.seal(toText(given['encrypted_content']), at)
      tool?.finish(given, at)
      texts.closeAll()
      done = true
    },
    isDone: () => done,
    end(mustBeDone, at) {
      if (ended || done) return
      ended = true
      if (mustBeDone) turn.problem('unclosed-block', saying('{item} was not done', { item: name }), at)
      tool?.end(at)
    },
    final() {
      if (done) return latest
      return { ...latest, ...texts.final(), ...tool?.final() }
    },
  }
}

function toPartType(eventType: string): string {
  if (eventType.startsWith('response.reasoning_summary')) return 'summary_text'
  if (eventType.startsWith('response.reasoning')) return 'reasoning_text'
  return eventType.startsWith('response.refusal') ? 'refusal' : 'output_text'
}
