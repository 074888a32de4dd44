/** Where each chunk begins in the text of all chunks, learnt once per chunk. */
import type { Chunks } from '../../lib/session/types.ts'
import { createColumn, findLastAtMost } from '../../lib/session/columns.ts'

const CHUNKS_PER_STEP = 200_000

export interface ChunkMark {
  readonly chunk: number
  /** Offset in the text. */
  readonly at: number
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
  const starts = createColumn('u32')
  let next = 0
  return {
    update() {
      const until = Math.min(chunks.length, starts.length + CHUNKS_PER_STEP)
      while (starts.length < until) {
        const length = chunks.at(starts.length).text.length
        starts.push(next)
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
        marks.push({ chunk, at })
      }
      return marks
    },
  }
}
