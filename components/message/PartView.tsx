import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { Citation, Part } from '../../lib/formats/turn.ts'
import { say } from '../../lib/i18n/saying.ts'
import { t } from '../../lib/i18n/translate.ts'
import { formatSize } from '../parts/format.ts'
import { ArgumentsView } from './ArgumentsView.tsx'
import { GrownTextView } from './GrownTextView.tsx'
import { MarkdownView } from './MarkdownView.tsx'
import type { TurnLook } from './text-pieces.ts'

interface PartViewProps {
  readonly part: Part
  readonly look: TurnLook
  /** As `partId` made it. */
  readonly id: string
}

/** One part of a message, as far as it came. */
export function PartView({ part, look, id }: PartViewProps) {
  switch (part.kind) {
    case 'text':
      return (
        <PartBox part={part} id={id} name="">
          {look.markdown ? (
            <MarkdownView grown={part.text} look={look} />
          ) : (
            <GrownTextView grown={part.text} look={look} label={t('Text')} part={id} />
          )}
          <Citations citations={part.citations.filter(({ event }) => event < look.until)} />
        </PartBox>
      )
    case 'refusal':
      return (
        <PartBox part={part} id={id} name={t('Refusal')} tone="bad">
          <GrownTextView grown={part.text} look={look} label={t('Refusal')} part={id} />
        </PartBox>
      )
    case 'reasoning':
      return (
        <Folded part={part} id={id} name={t('Reasoning')} facts={reasoningFacts(part)}>
          {part.text.length > 0 && <GrownTextView grown={part.text} look={look} label={t('Reasoning')} part={id} />}
        </Folded>
      )
    case 'tool call':
      return (
        <Folded
          part={part}
          id={id}
          name={t('Tool call {name}', { name: part.name })}
          facts={[part.server ? t('run by the provider') : '', part.status, part.id]}
        >
          <ArgumentsView part={part} look={look} id={id} />
        </Folded>
      )
    case 'tool result':
      return (
        <Folded
          part={part}
          id={id}
          name={
            part.isError
              ? t('Failed tool result {name}', { name: part.name })
              : t('Tool result {name}', { name: part.name })
          }
          facts={[part.id]}
          tone={part.isError ? 'bad' : ''}
        >
          <GrownTextView grown={part.text} look={look} label={t('Tool result')} part={id} />
        </Folded>
      )
    case 'media':
      return (
        <PartBox part={part} id={id} name={part.mediaType || t('File')}>
          <p class="media-name">
            {[say(part.name), shortAddress(part.url), part.sizeBytes > 0 ? formatSize(part.sizeBytes) : '']
              .filter((text) => text !== '')
              .join(' · ')}
          </p>
        </PartBox>
      )
    case 'data':
      return (
        <Folded part={part} id={id} name={part.name === '' ? t('Data') : say(part.name)} facts={[]}>
          <GrownTextView grown={part.text} look={look} label={t('Data')} part={id} />
        </Folded>
      )
    default:
      return part satisfies never
  }
}

interface BoxProps {
  readonly part: Part
  readonly id: string
  readonly name: string
  readonly tone?: 'bad' | ''
  readonly children: ComponentChildren
}

function PartBox({ part, id, name, tone = '', children }: BoxProps) {
  return (
    <section class="turn-part" data-kind={part.kind} data-tone={tone} data-part-box={id} aria-label={name || t('Text')}>
      {name !== '' && <h4>{name}</h4>}
      {children}
    </section>
  )
}

/** Everything but the answer itself can be folded away. */
function Folded({ part, id, name, tone = '', facts, children }: BoxProps & { readonly facts: readonly string[] }) {
  const open = useSignal(true)
  const said = [...facts, part.closed ? '' : t('not complete')].filter((text) => text !== '')
  return (
    <details
      class="turn-part"
      data-kind={part.kind}
      data-tone={tone}
      data-part-box={id}
      open={open.value}
      onToggle={(event) => (open.value = event.currentTarget.open)}
    >
      <summary>
        <strong>{name}</strong> <span class="quiet">{said.join(' · ')}</span>
      </summary>
      {children}
    </details>
  )
}

function reasoningFacts({ signature, redacted }: Extract<Part, { kind: 'reasoning' }>): readonly string[] {
  return [redacted ? t('redacted by the provider') : '', signature === '' ? '' : t('signed')]
}

/** Addresses are shown and not followed; data in an address is only named. */
function shortAddress(url: string): string {
  return url.startsWith('data:') ? url.slice(0, url.indexOf(',') + 1) || 'data:' : url
}

function Citations({ citations }: { readonly citations: readonly Citation[] }) {
  if (citations.length === 0) return null
  return (
    <ul class="citations" aria-label={t('Citations')}>
      {citations.map(({ title, url, text, event }, index) => (
        <li key={index} data-event={event}>
          {title || text || t('Citation')} {url !== '' && <span class="quiet">{url}</span>}
        </li>
      ))}
    </ul>
  )
}
