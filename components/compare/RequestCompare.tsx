import type { ReadonlySignal } from '@preact/signals'
import { type BodyText, type RequestPart, requestParts } from '../../lib/compare/request-parts.ts'
import type { PairDiff } from '../../lib/compare/pair-diff.ts'
import type { Redaction } from '../../lib/export/redaction.ts'
import { t } from '../../lib/i18n/translate.ts'
import { toReplayRequest } from '../../lib/replay/request.ts'
import { DiffView } from '../data/DiffView.tsx'
import { Section } from '../exchange/Fields.tsx'
import { formatSize } from '../parts/format.ts'
import { type CompareProps, toShortName } from './compared.ts'
import { KIND_LOOK } from './event-cells.ts'
import { NONE } from './figure-words.ts'
import { PairBar } from './PairBar.tsx'
import { requestText } from './request-text.ts'
import { titleOf } from './request-titles.ts'

interface RequestCompareProps extends CompareProps {
  readonly redaction: ReadonlySignal<Redaction>
}

/** What two requests asked for. */
export function RequestCompare({ compared, state, redaction }: RequestCompareProps) {
  const { base, other } = compared
  void base.version.value
  void other.version.value
  const parts = requestParts(toReplayRequest(base), toReplayRequest(other))
  const names = [toShortName(base), toShortName(other)] as const
  return (
    <div class="view">
      <PairBar
        compared={compared}
        state={state}
        copied={{
          title: t('Copy what differs between the requests'),
          text: () => requestText(base, other, redaction.value),
        }}
      />
      <div class="scroll view-body" tabIndex={0} role="group" aria-label={t('Request')}>
        {parts.map((part) => (
          <Section key={part.name} title={titleOf(part)}>
            <PartView part={part} names={names} />
          </Section>
        ))}
      </div>
    </div>
  )
}

interface PartViewProps {
  readonly part: RequestPart
  readonly names: readonly [string, string]
}

function PartView({ part, names }: PartViewProps) {
  if (part.name !== 'body') return <PairsTable pairs={part.pairs} names={names} />
  const { before, after } = part
  if (before.kind === 'none' && after.kind === 'none') return <p class="none">{t('Neither has one.')}</p>
  const notes = [before, after].flatMap((body, index) => bodyNote(body, names[index] ?? ''))
  return (
    <>
      {notes.map((note) => (
        <p key={note} class="none">
          {note}
        </p>
      ))}
      {before.text === after.text ? (
        notes.length === 0 && <p class="none">{t('The same in both.')}</p>
      ) : (
        <DiffView before={before.text} after={after.text} label={titleOf(part)} />
      )}
    </>
  )
}

/** What is not to be seen in the texts. */
function bodyNote({ kind, sizeBytes, cut }: BodyText, name: string): readonly string[] {
  switch (kind) {
    case 'none':
      return [t('{name} has no body.', { name })]
    case 'stream':
      return [t('{name} has a stream as its body, which was not read.', { name })]
    case 'unseen':
      return [t('{name} has a body that could not be seen.', { name })]
    case 'bytes':
      return [t('{name} has bytes as its body ({size}), compared in base64.', { name, size: formatSize(sizeBytes) })]
    case 'text':
      return cut ? [t('Only the beginning of the body of {name} was recorded.', { name })] : []
    case 'form':
      return []
    default:
      return kind satisfies never
  }
}

function PairsTable({
  pairs,
  names,
}: {
  readonly pairs: readonly PairDiff[]
  readonly names: readonly [string, string]
}) {
  if (pairs.length === 0) return <p class="none">{t('Neither has one.')}</p>
  return (
    <table class="compare-pairs">
      <thead>
        <tr>
          <th scope="col">
            <span class="visually-hidden">{t('Difference')}</span>
          </th>
          <th scope="col">{t('Name')}</th>
          {names.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {pairs.map(({ name, kind, before, after }) => {
          const [sign, word] = KIND_LOOK[kind]
          return (
            <tr key={name} class={`kind-${kind.replace(' ', '-')}`} data-kind={kind}>
              <td title={t(word)}>
                <span aria-hidden="true">{sign}</span>
                <span class="visually-hidden">{t(word)}</span>
              </td>
              <th scope="row">{name}</th>
              {kind === 'same' ? (
                <td colSpan={2}>{before}</td>
              ) : (
                [before, after].map((value, index) => <td key={names[index]}>{value ?? NONE}</td>)
              )}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
