import { expect, test } from 'vitest'
import { toConversation } from '../../../lib/turns/conversation.ts'

const shown = (body: object) =>
  toConversation(JSON.stringify(body))?.messages.map(
    ({ role, parts }) =>
      `${role}: ${parts.map(({ kind, name, text }) => `${kind}(${name === '' ? '' : `${name}, `}${text})`).join(' ')}`,
  )

test('messages of chat completions, with system, calls and results', () => {
  const body = {
    model: 'gpt-test',
    temperature: 0.2,
    messages: [
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is it?' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
        ],
      },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look', arguments: '{"at":1}' } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'A cat' },
    ],
    tools: [{ type: 'function', function: { name: 'look', description: 'Looks' } }],
  }
  expect(shown(body)).toEqual([
    'system: text(Be brief.)',
    'user: text(What is it?) media(image, data:image/png;base64,)',
    'assistant: tool call(look, {"at":1})',
    'tool: tool result(c1, A cat)',
  ])
  const conversation = toConversation(JSON.stringify(body))
  expect(conversation?.settings).toEqual([
    ['model', 'gpt-test'],
    ['temperature', '0.2'],
  ])
  expect(conversation?.tools).toEqual([{ name: 'look', description: 'Looks' }])
})

test('messages of Anthropic, with the system prompt beside them', () => {
  expect(
    shown({
      system: [{ type: 'text', text: 'Be kind.' }],
      messages: [
        { role: 'user', content: 'Hi' },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'Hm' },
            { type: 'tool_use', name: 'f', input: { a: 1 } },
          ],
        },
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 't1', content: [{ type: 'text', text: 'ok' }] }],
        },
      ],
    }),
  ).toEqual([
    'system: text(Be kind.)',
    'user: text(Hi)',
    'assistant: reasoning(Hm) tool call(f, {"a":1})',
    'user: tool result(t1, ok)',
  ])
})

test('items of OpenAI Responses, Gemini contents, UI messages, JSON-RPC and a bare prompt', () => {
  expect(shown({ instructions: 'Short.', input: 'Hi' })).toEqual(['system: text(Short.)', 'user: text(Hi)'])
  expect(
    shown({
      input: [
        { role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
        { type: 'function_call_output', call_id: 'c', output: '7' },
      ],
    }),
  ).toEqual(['user: text(Hi)', 'function call output: tool result(c, 7)'])
  expect(
    shown({
      systemInstruction: { parts: [{ text: 'S' }] },
      contents: [
        { role: 'user', parts: [{ text: 'Hi' }, { inlineData: { mimeType: 'image/png', data: 'AAAA' } }] },
        { role: 'model', parts: [{ functionCall: { name: 'f', args: {} } }] },
      ],
    }),
  ).toEqual(['system: text(S)', 'user: text(Hi) media(image/png, )', 'model: tool call(f, {})'])
  expect(shown({ id: 'x', messages: [{ id: 'm', role: 'user', parts: [{ type: 'text', text: 'Hi' }] }] })).toEqual([
    'user: text(Hi)',
  ])
  expect(
    shown({
      jsonrpc: '2.0',
      method: 'message/stream',
      params: { message: { role: 'user', parts: [{ kind: 'text', text: 'Hi' }] } },
    }),
  ).toEqual(['user: text(Hi)'])
  expect(shown({ model: 'm', prompt: 'Hi' })).toEqual(['user: text(Hi)'])
})

test('what is no conversation is none', () => {
  for (const body of ['', 'x', '[]', '{"stream":true}', '{"messages":[]}', '{"query":"{ a }"}']) {
    expect(toConversation(body)).toBeNull()
  }
})
