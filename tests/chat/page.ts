/** Page script: real clients of chat servers, each asking this page's own server, for tests that compare what page and panel make of an answer. */
import Anthropic from '@anthropic-ai/sdk'
import { DefaultChatTransport, readUIMessageStream, type UIMessage, type UIMessageChunk } from 'ai'
import OpenAI from 'openai'

const QUESTION = 'What is the weather in Rome?'

/** What a client made of an answer, as JSON; or the name of the error it ended with, and the text it had by then. */
export interface Outcome {
  readonly text: string
  readonly reasoning: string
  readonly finish: string
  readonly final: unknown
  readonly error: string
}

const NOTHING: Outcome = { text: '', reasoning: '', finish: '', final: null, error: '' }
let control = new AbortController()

async function askOpenai(baseURL: string): Promise<Outcome> {
  const client = new OpenAI({ apiKey: 'test', baseURL, dangerouslyAllowBrowser: true, maxRetries: 0 })
  const stream = client.chat.completions.stream(
    { model: 'gpt-test', messages: [{ role: 'user', content: QUESTION }], stream_options: { include_usage: true } },
    { signal: control.signal },
  )
  let text = ''
  stream.on('content', (delta) => (text += delta))
  try {
    const final = await stream.finalChatCompletion()
    return { ...NOTHING, text, finish: final.choices[0]?.finish_reason ?? '', final }
  } catch (error) {
    return { ...NOTHING, text, error: nameOf(error) }
  }
}

async function askAnthropic(baseURL: string): Promise<Outcome> {
  const client = new Anthropic({ apiKey: 'test', baseURL, dangerouslyAllowBrowser: true, maxRetries: 0 })
  const stream = client.messages.stream(
    { model: 'claude-test', max_tokens: 100, messages: [{ role: 'user', content: QUESTION }] },
    { signal: control.signal },
  )
  let text = ''
  let reasoning = ''
  stream.on('text', (delta) => (text += delta))
  stream.on('thinking', (delta) => (reasoning += delta))
  try {
    const final = await stream.finalMessage()
    return { ...NOTHING, text, reasoning, finish: final.stop_reason ?? '', final }
  } catch (error) {
    return { ...NOTHING, text, reasoning, error: nameOf(error) }
  }
}

/** The transport that `useChat` sends by, and the reader that it reads by. */
async function askUi(api: string): Promise<Outcome> {
  const transport = new DefaultChatTransport<UIMessage>({ api })
  let message: UIMessage | null = null
  let finish = ''
  try {
    const stream: ReadableStream<UIMessageChunk> = await transport.sendMessages({
      trigger: 'submit-message',
      chatId: 'chat',
      messageId: undefined,
      messages: [{ id: 'm1', role: 'user', parts: [{ type: 'text', text: QUESTION }] }],
      abortSignal: control.signal,
    })
    const noted = stream.pipeThrough(
      new TransformStream<UIMessageChunk, UIMessageChunk>({
        transform(chunk, out) {
          if (chunk.type === 'finish') finish = chunk.finishReason ?? ''
          out.enqueue(chunk)
        },
      }),
    )
    for await (const state of readUIMessageStream({ stream: noted, terminateOnError: true })) message = state
    return { ...textsOf(message), finish, final: message }
  } catch (error) {
    return { ...textsOf(message), error: nameOf(error) }
  }
}

function textsOf(message: UIMessage | null): Outcome {
  const textOf = (kind: 'text' | 'reasoning') =>
    (message?.parts ?? []).map((part) => (part.type === kind ? part.text : '')).join('')
  return { ...NOTHING, text: textOf('text'), reasoning: textOf('reasoning') }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.constructor.name || error.name : String(error)
}

const chat = {
  askOpenai,
  askAnthropic,
  askUi,
  stop() {
    control.abort()
    control = new AbortController()
  },
}
export type Chat = typeof chat
Object.assign(globalThis, { chat })
