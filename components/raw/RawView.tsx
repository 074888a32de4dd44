import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { Connection } from '../../lib/session/types.ts'
import { t, tn } from '../../lib/i18n/translate.ts'
import { type ChunkMark, createChunkStarts } from './chunk-starts.ts'
import { CopyButton } from '../parts/CopyButton.tsx'
import { formatCount, formatSince, formatSize } from '../parts/format.ts'
import type { PanelState } from '../panel/panel-state.ts'
import { copiedText } from '../data/copied-text.ts'
import { TextLines } from '../data/TextLines.tsx'
import { useNextFrame } from '../parts/use-next-frame.ts'

interface RawViewProps {
  readonly connection: Connection
  readonly state: PanelState
}

const chunkCount = (count: number): string => tn(count, '{n} chunk', '{n} chunks', { n: formatCount(count) })

/** All text that came, as it came. */
export function RawView({ connection, state }: RawViewProps) {
  void connection.version.value
  const { chunks } = connection
  const starts = useMemo(() => createChunkStarts(chunks), [chunks])
  const showBorders = state.showChunkBorders.value
  const shownChunk = useSignal(-1)
  useNextFrame((showBorders || shownChunk.value >= 0) && !starts.update())
  const target = state.target.value
  useEffect(() => {
    if (target?.key !== connection.key || target.place.at !== 'chunk') return
    shownChunk.value = target.place.index
    state.target.value = null
  }, [target])
  const from = shownChunk.value < 0 ? -1 : starts.of(shownChunk.value)
  const shown = useMemo(
    () => (from < 0 ? null : { from, to: from + chunks.lengthOf(shownChunk.value) }),
    [chunks, shownChunk.value, from],
  )
  if (connection.transport === 'eventsource') {
    return (
      <div class="hint">
        <p>{t('EventSource gives a page finished events and never the text they were made of.')}</p>
        <p>{t('The Events tab has all that can be seen.')}</p>
      </div>
    )
  }
  if (chunks.textLength === 0) {
    return <div class="hint">{connection.alive ? t('No text yet.') : t('No text came.')}</div>
  }
  const markTitle = ({ chunk: index, splitBytes }: ChunkMark) => {
    const chunk = chunks.at(index)
    const since = formatSince(chunk.atMs - connection.open.atMs)
    const values = { n: index + 1, size: formatSize(chunk.sizeBytes), since }
    if (chunk.raw !== null) return t('Chunk {n} · {size} · {since} · not valid UTF-8', values)
    const title = t('Chunk {n} · {size} · {since}', values)
    if (splitBytes === 0) return title
    const split = tn(
      splitBytes,
      'The character here was split: its first byte came with the chunk before.',
      'The character here was split: its first {n} bytes came with the chunk before.',
    )
    return `${title}\n${split}`
  }
  return (
    <div class="view">
      <div class="view-bar">
        <label
          class="check"
          title={t(
            'A thin mark where each chunk begins, a broad one where a character was split; point at one for its size and time',
          )}
        >
          <input
            type="checkbox"
            checked={showBorders}
            onChange={(event) => (state.showChunkBorders.value = event.currentTarget.checked)}
          />
          {t('Chunk borders')}
        </label>
        <label class="check" title={t('Show where lines end, and whether by CR, LF or both')}>
          <input
            type="checkbox"
            checked={state.showLineEnds.value}
            onChange={(event) => (state.showLineEnds.value = event.currentTarget.checked)}
          />
          {t('Line ends')}
        </label>
        <span class="view-count">
          {chunkCount(chunks.length)} · {formatSize(connection.sizeBytes)}
        </span>
        <CopyButton label={t('Copy all')} text={() => copiedText(chunks, 0, chunks.textLength)} />
      </div>
      {connection.dropped.records > 0 && (
        <div class="notice" role="status">
          {t('{chunks} ({size}) are missing.', {
            chunks: chunkCount(connection.dropped.records),
            size: formatSize(connection.dropped.sizeBytes),
          })}
        </div>
      )}
      <div class="view-body">
        <TextLines
          source={chunks}
          label={t('Raw text')}
          showLineEnds={state.showLineEnds.value}
          startAtEnd={connection.alive}
          shown={shown}
          {...(showBorders && { marksWithin: starts.within, markTitle })}
        />
      </div>
    </div>
  )
}
