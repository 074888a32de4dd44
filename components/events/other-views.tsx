/** Other ways to show one event's data: escaped, as bytes, and against the event before it. */
import type { Connection, Entry } from '../../lib/session/types.ts'
import { msg, t } from '../../lib/i18n/translate.ts'
import { type OtherView, PlainText } from '../data/DataView.tsx'
import { AwayText } from '../parts/AwayText.tsx'
import { DiffView } from '../data/DiffView.tsx'
import { escapeHtml } from '../data/escape-html.ts'
import { HexView } from '../data/HexView.tsx'
import { kindWord } from './EventRow.tsx'

export function otherViews(connection: Connection, entry: Entry): readonly OtherView[] {
  return [
    {
      name: msg('Diff'),
      render: () => <DiffToBefore connection={connection} entry={entry} />,
    },
    {
      name: msg('HTML-escaped'),
      render: () => <PlainText text={escapeHtml(entry.data)} label={t('Event data, escaped for HTML')} />,
    },
    { name: msg('Hex'), render: () => <Hex connection={connection} entry={entry} /> },
  ]
}

interface OfEntry {
  readonly connection: Connection
  readonly entry: Entry
}

function DiffToBefore({ connection: { entries }, entry }: OfEntry) {
  let index = entry.index - 1
  const isSame = (at: number) => entries.kindOf(at) === entry.kind && entries.typeOf(at) === entry.type
  while (index >= 0 && !isSame(index)) index -= 1
  if (index < 0) return <div class="hint">{t('No event of this type came before it.')}</div>
  const before = entries.at(index)
  return (
    <>
      <p class="hex-what">
        {t('From {before} to {after}, both {type}', {
          before: before.number > 0 ? `#${before.number}` : t('the one before'),
          after: entry.number > 0 ? `#${entry.number}` : t('this one'),
          type: entry.type === '' ? (kindWord(entry.kind)?.[0] ?? '') : entry.type,
        })}
      </p>
      {before.away !== undefined ? (
        <AwayText away={before.away} bring={() => entries.bring(before.index)} />
      ) : (
        <DiffView before={before.data} after={entry.data} label={t('Changes since the event before of this type')} />
      )}
    </>
  )
}

/** Where the chunk was no proper UTF-8, its own bytes: the text has lost them. */
function Hex({ connection: { chunks }, entry }: OfEntry) {
  const raw = entry.chunk < 0 ? null : chunks.at(entry.chunk).raw
  return raw === null ? (
    <HexView
      key={entry.index}
      bytes={() => new TextEncoder().encode(entry.data)}
      what={t('The data in UTF-8')}
      label={t('Event data as bytes')}
    />
  ) : (
    <HexView
      key={entry.index}
      bytes={() => Uint8Array.from(atob(raw), (char) => char.charCodeAt(0))}
      what={t('All bytes of chunk {number}, which is not valid UTF-8', { number: entry.chunk + 1 })}
      label={t('Bytes of the chunk')}
    />
  )
}
