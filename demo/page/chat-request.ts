export interface ChatMessage {
  readonly role: 'user' | 'assistant'
  readonly content: string
}

/** A chat request as pages send it: POST, a bearer token, a JSON body. */
export function chatRequest(token: string, messages: string | readonly ChatMessage[]) {
  return {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      model: 'demo-1',
      stream: true,
      messages: typeof messages === 'string' ? [{ role: 'user', content: messages }] : messages,
    }),
  }
}
