import { createHash } from 'node:crypto'

/** Words of the question that the answer repeats. */
const ECHOED_WORDS = 12

/** An answer that depends on the question, so that two questions can be told apart by their streams. */
export function writeAnswer(question: string): string {
  const words = toWords(question)
  if (words.length === 0) return 'You sent no words, so there is not much to say. Ask me something.'
  const echoed = words.slice(0, ECHOED_WORDS).join(' ')
  const longest = words.reduce((best, word) => (word.length > best.length ? word : best))
  return (
    `You wrote “${echoed}${words.length > ECHOED_WORDS ? ' …' : ''}”. ` +
    `That is ${words.length === 1 ? 'one word' : `${words.length} words`}, and “${longest}” is the longest.\n\n` +
    `Each piece of this answer came as an event of its own: a stream of small JSON texts that your page put ` +
    `together. Open DevTools and choose Streamscope to see every one of them, with the time it came.`
  )
}

/** Cuts a text as a model's tokenizer roughly would: a word with the blank before it. */
export function toPieces(answer: string): string[] {
  return answer.match(/\s*\S+/g) ?? []
}

/** The JSON of every chunk of the answer but the closing `[DONE]`: role, pieces, finish reason, usage. */
export function chatChunks(model: string, question: string, pieces: readonly string[]): string[] {
  const base = {
    id: `chatcmpl-${createHash('sha256').update(question).digest('hex').slice(0, 24)}`,
    object: 'chat.completion.chunk',
    // Not the time of day: the same question gives the same bytes, so that runs can be compared.
    created: 1_767_225_600,
    model,
  }
  const chunk = (delta: object, finishReason: 'stop' | null = null) =>
    JSON.stringify({ ...base, choices: [{ index: 0, delta, finish_reason: finishReason }] })
  const promptTokens = toWords(question).length
  return [
    chunk({ role: 'assistant', content: '' }),
    ...pieces.map((content) => chunk({ content })),
    chunk({}, 'stop'),
    JSON.stringify({
      ...base,
      choices: [],
      usage: {
        prompt_tokens: promptTokens,
        completion_tokens: pieces.length,
        total_tokens: promptTokens + pieces.length,
      },
    }),
  ]
}

function toWords(text: string): string[] {
  return text.match(/\S+/g) ?? []
}
