import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { msg, t, tn } from '../../lib/i18n/translate.ts'
import type { Connection } from '../../lib/session/types.ts'
import { type SentMessage, type SentPart, toConversation } from '../../lib/turns/conversation.ts'
import { formatCount } from '../parts/format.ts'

/** Bodies longer than this, and texts beyond it, are left to the Request tab. */
const LONGEST_BODY = 4_000_000
const LONGEST_TEXT = 20_000

/** The conversation that the page sent. */
export function SentConversation({ connection }: { readonly connection: Connection }) {
  void connection.version.value
  const { body } = connection
  const open = useSignal(false)
  const text = body.kind === 'text' && body.text.length <= LONGEST_BODY ? body.text : ''
  const conversation = useMemo(() => toConversation(text), [text])
  if (conversation === null) return null
  const { messages, tools, settings } = conversation
  const last = messages.findLast(({ role }) => role === 'user')
  return (
    <details class="sent" open={open.value} onToggle={(event) => (open.value = event.currentTarget.open)}>
      <summary>
        <strong>
          {tn(messages.length, 'Sent: {n} message', 'Sent: {n} messages', { n: formatCount(messages.length) })}
        </strong>
        {tools.length > 0 && tn(tools.length, ', {n} tool', ', {n} tools', { n: formatCount(tools.length) })}{' '}
        {!open.value && last !== undefined && <span class="quiet">{preview(last)}</span>}
      </summary>
      {open.value && (
        <>
          {settings.length > 0 && (
            <p class="quiet">
              {settings
                .map(([name, value]) => `${name}: ${value.length > 80 ? `${value.slice(0, 80)}…` : value}`)
                .join(' · ')}
            </p>
          )}
          {messages.map((message, index) => (
            <article key={index} class="turn-message" aria-label={t('Sent message {number}', { number: index + 1 })}>
              <header>
                <strong>{message.role}</strong>
              </header>
              {message.parts.map((part, place) => (
                <SentPartView key={place} part={part} />
              ))}
            </article>
          ))}
          {tools.length > 0 && (
            <ul class="sent-tools" aria-label={t('Tools')}>
              {tools.map(({ name, description }) => (
                <li key={name}>
                  <code>{name}</code> <span class="quiet">{description}</span>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </details>
  )
}

function preview({ parts }: SentMessage): string {
  const text = parts.find(({ kind }) => kind === 'text')?.text ?? ''
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}

const KINDS: Readonly<Record<SentPart['kind'], string>> = {
  text: msg('text'),
  reasoning: msg('reasoning'),
  'tool call': msg('tool call'),
  'tool result': msg('tool result'),
  media: msg('media'),
  data: msg('data'),
}

function SentPartView({ part }: { readonly part: SentPart }) {
  const { kind, name, text } = part
  const title = kind === 'text' ? '' : `${t(KINDS[kind])} ${name}`.trim()
  return (
    <section class="turn-part" data-kind={kind}>
      {title !== '' && <h4>{title}</h4>}
      <div class="grown-text">
        {text.length > LONGEST_TEXT
          ? t('{text} … (all of it in the Request tab)', { text: text.slice(0, LONGEST_TEXT) })
          : text}
      </div>
    </section>
  )
}
