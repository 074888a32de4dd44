import { chatRequest, type ChatMessage } from './chat-request.ts'
import { createDeltaReader } from './deltas.ts'
import { readByReader } from './fetch-runs.ts'
import { outputOf, type Write } from './output.ts'
import { urlOf } from './urls.ts'

/** Brings the chat to life: Send posts the whole conversation, Stop aborts the answer and keeps what came of it. */
export function startChat(): void {
  const form = element('chat-form', HTMLFormElement)
  const token = element('chat-token', HTMLInputElement)
  const message = element('chat-message', HTMLTextAreaElement)
  const send = element('chat-send', HTMLButtonElement)
  const stop = element('chat-stop', HTMLButtonElement)
  const list = element('chat-messages', HTMLOListElement)
  const output = outputOf('chat-send')
  const conversation: ChatMessage[] = []
  let controller = new AbortController()

  const addBubble = (role: ChatMessage['role'], text: string) => {
    const bubble = document.createElement('li')
    bubble.className = role
    bubble.textContent = text
    list.append(bubble)
    list.scrollTop = list.scrollHeight
    return bubble
  }

  const ask = async (question: string, write: Write) => {
    conversation.push({ role: 'user', content: question })
    addBubble('user', question)
    const bubble = addBubble('assistant', '')
    let answer = ''
    const readDeltas = createDeltaReader((delta) => {
      answer += delta
      bubble.textContent = answer
      list.scrollTop = list.scrollHeight
    })
    try {
      const response = await fetch(urlOf('chat'), {
        ...chatRequest(token.value, conversation),
        signal: controller.signal,
      })
      if (!response.ok || response.body === null) {
        throw new Error(`The server answered ${response.status}: ${await response.text()}`)
      }
      await readByReader(response.body, (text) => {
        write(text)
        readDeltas(text)
      })
    } catch (error) {
      bubble.classList.add('broken')
      bubble.dataset['why'] = controller.signal.aborted ? 'stopped' : String(error)
      list.scrollTop = list.scrollHeight
      throw error
    } finally {
      if (answer !== '') conversation.push({ role: 'assistant', content: answer })
    }
  }

  const submit = async () => {
    controller = new AbortController()
    send.disabled = true
    stop.disabled = false
    await output.follow((write) => ask(message.value, write))
    send.disabled = false
    stop.disabled = true
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void submit()
  })
  stop.addEventListener('click', () => controller.abort())
}

function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id)
  if (!(found instanceof type)) throw new Error(`The page has no ${type.name} "${id}"`)
  return found
}
