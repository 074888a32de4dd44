/** Chat answers as they come over the wire, for tests of what is made of them. */
import type { Turn } from '../../../lib/formats/turn.ts'

interface Delta {
  readonly content?: string
  readonly reasoning_content?: string
  readonly role?: string
  readonly tool_calls?: readonly object[]
}

/** One event of OpenAI's chat completions. */
export function chatEvent(delta: string | Delta, finish: string | null = null, index = 0): string {
  const given = typeof delta === 'string' ? (delta === '' ? {} : { content: delta }) : delta
  return `data: ${JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1_700_000_000,
    model: 'gpt-test',
    choices: [{ index, delta: given, finish_reason: finish }],
  })}\n\n`
}

export const DONE = 'data: [DONE]\n\n'

export function usageEvent(input: number, output: number): string {
  return `data: ${JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1_700_000_000,
    model: 'gpt-test',
    choices: [],
    usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
  })}\n\n`
}

/** `count` deltas of three characters, no two neighbours alike. */
export function chatStream(count: number): string {
  return Array.from({ length: count }, (_, index) => chatEvent(`${String(index % 90).padStart(2, '0')} `)).join('')
}

/** Anthropic's events: the type stands in the data and in the event field. */
export function anthropic(...events: readonly { readonly type: string }[]): string {
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('')
}

/** Events of OpenAI Responses with these sequence numbers. */
export function responses(...numbers: readonly number[]): string {
  return anthropic(
    ...numbers.map((number, index) => ({
      type: index === 0 ? 'response.created' : 'response.in_progress',
      sequence_number: number,
      response: { id: 'resp_1', object: 'response', model: 'gpt-test', status: 'in_progress', output: [] },
    })),
  )
}

export function answerText(turn: Turn | null): string {
  return (turn?.messages ?? [])
    .flatMap(({ parts }) => parts.map((part) => (part.kind === 'text' ? part.text.text : '')))
    .join('')
}
