/** Where each chunk begins in the text of all chunks, learnt once per chunk. */
import type { Chunks } from '../../lib/session/types.ts'
import { createColumn, createNearColumn, findLastAtMost } from '../../lib/session/columns.ts'
import { toUtf8Size } from '../../lib/session/utf8-size.ts'

const CHUNKS_PER_STEP = 200_000
/** RFC 3629: a character has 4 bytes at most. */
const MOST_PENDING_BYTES = 3

export interface ChunkMark {
  readonly chunk: number
  /** Offset in the text. */
  readonly at: number
  /** Bytes of the character there that came at the end of the chunk before: it was split. 0 if it was not. */
  readonly splitBytes: number
}

export interface ChunkStarts {
  /** Takes in what came; false if there is more to do. */
  update(): boolean
  /** Chunks that begin in [from, to), in order; chunks without text are left out, but for the last at one place. */
  within(from: number, to: number): readonly ChunkMark[]
  /** Offset of a chunk; -1 while it is not known. */
  of(chunk: number): number
}

export function createChunkStarts(chunks: Chunks): ChunkStarts {
  const starts = createNearColumn()
  const splits = createColumn('u8')
  let next = 0
  let pendingBytes = 0
  return {
    update() {
      const until = Math.min(chunks.length, starts.length + CHUNKS_PER_STEP)
      while (starts.length < until) {
        const chunk = starts.length
        const length = chunks.lengthOf(chunk)
        starts.push(next)
        splits.push(pendingBytes)
        // Where a text is away it cannot be told.
        const isAway = chunks.awayOf(next, next + length) !== null
        pendingBytes = isAway ? 0 : toPendingBytes(chunks, chunk, pendingBytes)
        next += length
      }
      return starts.length === chunks.length
    },
    of: (chunk) => (chunk < starts.length ? starts.at(chunk) : -1),
    within(from, to) {
      const marks: ChunkMark[] = []
      for (let chunk = findLastAtMost(starts, from - 1) + 1; chunk < starts.length && starts.at(chunk) < to; chunk++) {
        const at = starts.at(chunk)
        if (marks.at(-1)?.at === at) marks.pop()
        marks.push({ chunk, at, splitBytes: splits.at(chunk) })
      }
      return marks
    },
  }
}

/** Bytes at the end of a chunk that begin a character of the next one, as so many bytes before it did. */
function toPendingBytes(chunks: Chunks, chunk: number, beforeBytes: number): number {
  const sizeBytes = chunks.bytesAmong(chunk + 1) - chunks.bytesAmong(chunk)
  // ASCII alone, as most are: it need not be looked at.
  if (beforeBytes === 0 && sizeBytes === chunks.lengthOf(chunk)) return 0
  const { text, raw } = chunks.at(chunk)
  const pendingBytes = beforeBytes + sizeBytes - toUtf8Size(text)
  // Of bytes that are no UTF-8 it cannot be told either.
  return raw === null && pendingBytes > 0 && pendingBytes <= MOST_PENDING_BYTES ? pendingBytes : 0
}
