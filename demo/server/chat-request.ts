import { badRequest } from './errors.ts'

export interface ChatRequest {
  readonly model: string
  /** The last message of the user. */
  readonly question: string
}

/** Reads the JSON body of a chat request; whatever is wrong with it is answered with 400. */
export function parseChatRequest(body: Uint8Array | undefined): ChatRequest {
  const request = parseJsonObject(body)
  const { model, stream, messages } = request
  if (typeof model !== 'string' || model === '')
    throw badRequest('model', '"model" must be a string that is not empty.')
  if (stream !== true) throw badRequest('stream', '"stream" must be true: this server only streams.')
  if (!Array.isArray(messages)) throw badRequest('messages', '"messages" must be an array.')
  const question = messages.filter(isMessage).findLast((message) => message.role === 'user')?.content
  if (question === undefined) {
    throw badRequest('messages', '"messages" must have an entry {"role": "user", "content": "…"}.')
  }
  return { model, question }
}

function parseJsonObject(body: Uint8Array | undefined): { model?: unknown; stream?: unknown; messages?: unknown } {
  try {
    const value: unknown = JSON.parse(Buffer.from(body ?? []).toString('utf8'))
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // Said below, together with JSON that is no object.
  }
  throw badRequest('body', 'The body must be a JSON object {"model", "stream": true, "messages"}.')
}

function isMessage(value: unknown): value is { role: string; content: string } {
  if (typeof value !== 'object' || value === null) return false
  const { role, content } = value as { role?: unknown; content?: unknown }
  return typeof role === 'string' && typeof content === 'string'
}
