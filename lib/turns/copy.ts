/** A turn as text that is copied. */
import { say } from '../i18n/saying.ts'
import type { Part, Turn, TurnMessage } from '../formats/turn.ts'
import { t } from '../i18n/translate.ts'

/** The answer alone: what a user of the chat read. Several choices are told apart by a line. */
export function toPlainText({ messages }: Turn): string {
  const texts = messages.map(textOf).filter((text) => text !== '')
  return texts.join(texts.length > 1 ? '\n\n---\n\n' : '')
}

function textOf({ parts }: TurnMessage): string {
  return parts
    .flatMap((part) => (part.kind === 'text' || part.kind === 'refusal' ? [part.text.text] : []))
    .filter((text) => text !== '')
    .join('\n\n')
}

/** All of it, as Markdown: who speaks, reasoning as a quotation, calls and results as code. */
export function toMarkdownText(turn: Turn): string {
  const messages = turn.messages.map((message) => {
    const finish = message.finish === null ? '' : `_${t('Finish reason: {reason}', { reason: message.finish.reason })}_`
    return [`## ${message.role || 'assistant'}`, ...message.parts.map(toMarkdownPart), finish]
  })
  const errors = turn.errors.map(
    ({ text, code }) => `**${code === '' ? t('Error:') : t('Error {code}:', { code })}** ${say(text)}`,
  )
  return [...messages.flat(), ...errors].filter((text) => text !== '').join('\n\n')
}

function toMarkdownPart(part: Part): string {
  switch (part.kind) {
    case 'text':
      return [part.text.text, ...part.citations.map(({ title, url, text }) => `- ${toLink(title || text, url)}`)].join(
        '\n',
      )
    case 'refusal':
      return `**${t('Refusal:')}** ${part.text.text}`
    case 'reasoning':
      return quoted(part.redacted ? t('Reasoning, redacted') : part.text.text)
    case 'tool call':
      return `**${t('Tool call {name}', { name: part.name })}**\n\n${fenced(part.arguments.text, 'json')}`
    case 'tool result':
      return `**${toResultName(part)}**\n\n${fenced(part.text.text, '')}`
    case 'media':
      return `**${part.mediaType || t('File')}** ${toLink(say(part.name) || part.url, part.url)}`
    case 'data':
      return `**${say(part.name)}**\n\n${fenced(part.text.text, 'json')}`
    default:
      return part satisfies never
  }
}

function toResultName({ isError, name, id }: Extract<Part, { kind: 'tool result' }>): string {
  const values = { name: name || id }
  return isError ? t('Failed tool result {name}', values) : t('Tool result {name}', values)
}

function toLink(title: string, url: string): string {
  // Addresses that hold the data themselves are no links.
  return url === '' || url.startsWith('data:') ? title : `[${title || url}](${url})`
}

function quoted(text: string): string {
  return text === '' ? '' : text.replaceAll(/^/gm, '> ')
}

/** A fence longer than any in the text. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([found]) => found.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}
