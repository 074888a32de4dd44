/** Reasoning beside a chat completion's content: not OpenAI's own, so every server has its way. */
import { createDuplicateWatch } from '../folding/duplicates.ts'
import { grow } from '../folding/growing-turn.ts'
import type { GrowingMessage, GrowingTurn, PartOf } from '../folding/growing-turn.ts'
import { toObjects, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'

export interface ChatReasoning {
  /** Looks for reasoning in a delta. */
  take(delta: JsonObject, event: number): void
  takeText(delta: string, event: number): void
  /** The message's fields with reasoning in them. */
  final(): JsonObject
}

/** DeepSeek's name, and OpenRouter's and vLLM's. */
const FIELDS = ['reasoning_content', 'reasoning'] as const

/** Of a detail that comes in pieces, these grow. */
const GROWING = ['text', 'summary', 'data'] as const

export function createChatReasoning(turn: GrowingTurn, message: GrowingMessage): ChatReasoning {
  let part: PartOf<'reasoning'> | null = null
  const watch = createDuplicateWatch(turn)
  const texts = new Map<string, string>()
  const details: Record<string, unknown>[] = []

  function open(event: number): PartOf<'reasoning'> {
    part ??= turn.open(message, 'reasoning', 'reasoning', event)
    return part
  }

  function takeText(delta: string, event: number): void {
    if (delta === '') return
    watch(delta, event)
    grow(open(event), delta, event)
  }

  function takeDetail(detail: JsonObject, event: number): void {
    if (detail['type'] === 'reasoning.encrypted') open(event).redacted = true
    const signature = toText(detail['signature'])
    if (signature !== '') open(event).signature = signature
    const last = details.at(-1)
    if (last === undefined || last['type'] !== detail['type'] || last['index'] !== detail['index']) {
      details.push({ ...detail })
      return
    }
    for (const [name, value] of Object.entries(detail)) {
      const known = last[name]
      const grows = GROWING.some((field) => field === name) && typeof value === 'string' && typeof known === 'string'
      if (grows) last[name] = known + value
      else if (value !== null) last[name] = value
    }
  }

  return {
    takeText,
    take(delta, event) {
      let text = ''
      for (const field of FIELDS) {
        const value = delta[field]
        if (typeof value !== 'string') continue
        texts.set(field, (texts.get(field) ?? '') + value)
        // Servers that write both write the same twice.
        text ||= value
      }
      for (const detail of toObjects(delta['reasoning_details'])) {
        takeDetail(detail, event)
        text ||= toText(detail['text']) || toText(detail['summary'])
      }
      takeText(text, event)
    },
    final() {
      return { ...Object.fromEntries(texts), ...(details.length > 0 ? { reasoning_details: details } : {}) }
    },
  }
}
