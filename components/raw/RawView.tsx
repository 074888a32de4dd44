import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { Connection } from '../../lib/session/types.ts'
import { createChunkStarts } from './chunk-starts.ts'
import { CopyButton } from '../parts/CopyButton.tsx'
import { formatCounted, formatSince, formatSize } from '../parts/format.ts'
import type { PanelState } from '../panel/panel-state.ts'
import { TextLines } from '../data/TextLines.tsx'
import { useNextFrame } from '../parts/use-next-frame.ts'

interface RawViewProps {
  readonly connection: Connection
  readonly state: PanelState
}

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
    () => (from < 0 ? null : { from, to: from + chunks.at(shownChunk.value).text.length }),
    [chunks, shownChunk.value, from],
  )
  if (connection.transport === 'eventsource') {
    return (
      <div class="hint">
        <p>EventSource gives a page finished events and never the text they were made of.</p>
        <p>The Events tab has all that can be seen.</p>
      </div>
    )
  }
  if (chunks.textLength === 0) {
    return <div class="hint">{connection.alive ? 'No text yet.' : 'No text came.'}</div>
  }
  const markTitle = (index: number) => {
    const chunk = chunks.at(index)
    const since = formatSince(chunk.atMs - connection.open.atMs)
    const invalid = chunk.raw === null ? '' : ' · not valid UTF-8'
    return `Chunk ${index + 1} · ${formatSize(chunk.sizeBytes)} · ${since}${invalid}`
  }
  return (
    <div class="view">
      <div class="view-bar">
        <label class="check" title="A thin mark where each chunk begins; point at one for its size and time">
          <input
            type="checkbox"
            checked={showBorders}
            onChange={(event) => (state.showChunkBorders.value = event.currentTarget.checked)}
          />
          Chunk borders
        </label>
        <label class="check" title="Show where lines end, and whether by CR, LF or both">
          <input
            type="checkbox"
            checked={state.showLineEnds.value}
            onChange={(event) => (state.showLineEnds.value = event.currentTarget.checked)}
          />
          Line ends
        </label>
        <span class="view-count">
          {formatCounted(chunks.length, 'chunk')} · {formatSize(connection.sizeBytes)}
        </span>
        <CopyButton label="Copy all" text={() => chunks.text()} />
      </div>
      {connection.dropped.records > 0 && (
        <div class="notice" role="status">
          {formatCounted(connection.dropped.records, 'chunk')} ({formatSize(connection.dropped.sizeBytes)}) are missing.
        </div>
      )}
      <div class="view-body">
        <TextLines
          source={chunks}
          label="Raw text"
          showLineEnds={state.showLineEnds.value}
          startAtEnd={connection.alive}
          shown={shown}
          {...(showBorders && { marksWithin: starts.within, markTitle })}
        />
      </div>
    </div>
  )
}
