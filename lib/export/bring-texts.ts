/** Reads what an export needs from the browser's storage: exports themselves take what is there. */
import type { Connection } from '../session/types.ts'

/** Null where all that is needed can be read at once. */
export function bringTexts({ chunks, entries }: Connection, length: number, entryCount: number): Promise<void> | null {
  const last = Math.min(entries.length, entryCount) - 1
  const isWanted = (index: number) => entries.awayOf(index) === 'stored'
  const needsChunks = chunks.awayOf(0, Math.min(length, chunks.textLength)) !== null
  const needsEntries = last >= 0 && (isWanted(0) || isWanted(last))
  if (!needsChunks && !needsEntries) return null
  return (async () => {
    if (needsChunks) await chunks.bring(0, Math.min(length, chunks.textLength))
    for (let index = 0; index <= last; index += 1) if (isWanted(index)) await entries.bring(index)
  })()
}
