/** Whole answers of three servers, as events; the first half of each is a partial answer that clients can read. */

export const TEXT = ['It is ', 'sunny ', 'in **Rome**, ', '31 °C.'] as const
export const REASONING = ['Look at ', 'the map.'] as const

const sse = (data: unknown, type = '') =>
  `${type === '' ? '' : `event: ${type}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`

export function openaiAnswer(): readonly string[] {
  const base = { id: 'chatcmpl-7', object: 'chat.completion.chunk', created: 1_700_000_000, model: 'gpt-test' }
  const piece = (delta: object, finish: string | null = null) =>
    sse({ ...base, choices: [{ index: 0, delta, finish_reason: finish, logprobs: null }] })
  const usage = { prompt_tokens: 9, completion_tokens: 12, total_tokens: 21 }
  return [
    piece({ role: 'assistant', content: '', refusal: null }),
    ...TEXT.map((content) => piece({ content })),
    piece({}, 'stop'),
    sse({ ...base, choices: [], usage }),
    sse('[DONE]'),
  ]
}

export function anthropicAnswer(): readonly string[] {
  const message = { id: 'msg_7', type: 'message', role: 'assistant', model: 'claude-test', content: [] }
  const usage = { input_tokens: 9, output_tokens: 1 }
  const events = [
    { type: 'message_start', message: { ...message, stop_reason: null, stop_sequence: null, usage } },
    { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
    ...REASONING.map((thinking) => ({
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'thinking_delta', thinking },
    })),
    { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'c2ln' } },
    { type: 'content_block_stop', index: 0 },
    { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
    ...TEXT.map((text) => ({ type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text } })),
    { type: 'content_block_stop', index: 1 },
    {
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: 12 },
    },
    { type: 'message_stop' },
  ]
  return events.map((event) => sse(event, event.type))
}

export function uiAnswer(): readonly string[] {
  const events = [
    { type: 'start', messageId: 'msg-7' },
    { type: 'start-step' },
    { type: 'reasoning-start', id: 'r1' },
    ...REASONING.map((delta) => ({ type: 'reasoning-delta', id: 'r1', delta })),
    { type: 'reasoning-end', id: 'r1' },
    { type: 'text-start', id: 't1' },
    ...TEXT.map((delta) => ({ type: 'text-delta', id: 't1', delta })),
    { type: 'text-end', id: 't1' },
    { type: 'finish-step' },
    { type: 'finish', finishReason: 'stop' },
  ]
  return [...events.map((event) => sse(event)), sse('[DONE]')]
}
