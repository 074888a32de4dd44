/** Other ways to show one event's data: escaped, as bytes, and against the event before it. */
import type { Connection, Entry } from '../../lib/session/types.ts'
import { type OtherView, PlainText } from '../data/DataView.tsx'
import { DiffView } from '../data/DiffView.tsx'
import { escapeHtml } from '../data/escape-html.ts'
import { HexView } from '../data/HexView.tsx'

export function otherViews(connection: Connection, entry: Entry): readonly OtherView[] {
  return [
    {
      name: 'Diff',
      render: () => <DiffToBefore connection={connection} entry={entry} />,
    },
    {
      name: 'HTML-escaped',
      render: () => <PlainText text={escapeHtml(entry.data)} label="Event data, escaped for HTML" />,
    },
    { name: 'Hex', render: () => <Hex connection={connection} entry={entry} /> },
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
  if (index < 0) return <div class="hint">No event of this type came before it.</div>
  const before = entries.at(index)
  return (
    <>
      <p class="hex-what">
        From {before.number > 0 ? `#${before.number}` : 'the one before'} to{' '}
        {entry.number > 0 ? `#${entry.number}` : 'this one'}, both {entry.type === '' ? entry.kind : entry.type}
      </p>
      <DiffView before={before.data} after={entry.data} label="Changes since the event before of this type" />
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
      what="The data in UTF-8"
      label="Event data as bytes"
    />
  ) : (
    <HexView
      key={entry.index}
      bytes={() => Uint8Array.from(atob(raw), (char) => char.charCodeAt(0))}
      what={`All bytes of chunk ${entry.chunk + 1}, which is not valid UTF-8`}
      label="Bytes of the chunk"
    />
  )
}
