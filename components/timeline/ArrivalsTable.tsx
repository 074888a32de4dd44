import { useSignal } from '@preact/signals'
import { t } from '../../lib/i18n/translate.ts'
import type { Connection } from '../../lib/session/types.ts'
import { findEdges } from '../../lib/timeline/bins.ts'
import { type Span, toWidthMs } from '../../lib/timeline/span.ts'
import { formatCount, formatSince, formatSize } from '../parts/format.ts'
import { rateWords } from './time-words.ts'

const PARTS = 20

/** The charts in text: what is in view, in even parts. On the document's clock. */
export function ArrivalsTable({ connection, view }: { readonly connection: Connection; readonly view: Span }) {
  const isOpen = useSignal(false)
  return (
    <details class="arrivals" onToggle={(event) => (isOpen.value = event.currentTarget.open)}>
      <summary>{t('Charts as a table')}</summary>
      {isOpen.value && <PartsTable connection={connection} view={view} />}
    </details>
  )
}

function PartsTable({ connection, view }: { readonly connection: Connection; readonly view: Span }) {
  const { open, entries, chunks, transport } = connection
  const partMs = toWidthMs(view) / PARTS
  const showsChunks = transport !== 'eventsource'
  const [entryEdges, chunkEdges] = [new Uint32Array(PARTS + 1), new Uint32Array(PARTS + 1)]
  findEdges(entries, view, PARTS, entryEdges)
  findEdges(chunks, view, PARTS, chunkEdges)
  const rows = Array.from({ length: PARTS }, (_, part) => {
    const eventsAt = (edge: number) => entries.eventsAmong(entryEdges[edge] ?? 0)
    const chunksAt = (edge: number) => chunkEdges[edge] ?? 0
    return {
      fromMs: view.fromMs + part * partMs,
      events: eventsAt(part + 1) - eventsAt(part),
      soFar: eventsAt(part + 1),
      chunks: chunksAt(part + 1) - chunksAt(part),
      bytes: chunks.bytesAmong(chunksAt(part + 1)) - chunks.bytesAmong(chunksAt(part)),
    }
  })
  const heads = [
    t('From'),
    t('Events'),
    ...(showsChunks ? [t('Chunks'), t('Bytes')] : []),
    t('Events so far'),
    t('Rate'),
  ]
  return (
    <table>
      <caption class="visually-hidden">{t('What is in view, in {n} even parts', { n: PARTS })}</caption>
      <thead>
        <tr>
          {heads.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.fromMs}>
            <th scope="row">{formatSince(row.fromMs - open.atMs)}</th>
            <td>{formatCount(row.events)}</td>
            {showsChunks && <td>{formatCount(row.chunks)}</td>}
            {showsChunks && <td>{formatSize(row.bytes)}</td>}
            <td>{formatCount(row.soFar)}</td>
            <td>{rateWords((row.events * 1000) / partMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
