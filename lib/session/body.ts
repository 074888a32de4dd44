import { DETECT_LIMIT, detectFraming, toDeclaredFraming } from '../framing/detect.ts'
import type { Emit, Framing, FramingParser } from '../framing/framing.ts'
import { createFramingParser } from '../framing/parser.ts'
import type { ChunkStore } from './chunks.ts'

/** UTF-16 units within which every chunk may decide the framing; after that only line ends do. */
const EAGER_LENGTH = 64

/** What detection needs to know of the connection, asked for when the text comes. */
export interface BodyHints {
  readonly contentType: string
  readonly asked: string
}

export interface BodyReader {
  /** Null until enough text came to tell. */
  readonly framing: Framing | null
  /** Reads the chunks appended since. */
  read(): void
  /** Chunks are missing between the last one appended and the next. */
  gap(): void
  end(): void
}

/** Turns a connection's chunks into entries; holds text back only until its framing is known. */
export function createBodyReader(chunks: ChunkStore, hints: () => BodyHints, emit: Emit): BodyReader {
  let parser: FramingParser | null = null
  let framing: Framing | null = null
  let readChunks = 0
  let startsInGap = false

  const lastChunk = () => Math.max(chunks.length - 1, 0)

  function detect(complete: boolean): void {
    if (parser !== null) return
    const { contentType, asked } = hints()
    // Text that starts in the middle of a body says little about its framing: there the type is believed first.
    framing =
      (startsInGap ? toDeclaredFraming(contentType || asked) : null) ??
      detectFraming({ contentType, asked, text: chunks.text(0, DETECT_LIMIT), complete })
    if (framing === null) return
    parser = createFramingParser(framing, emit)
    if (startsInGap) parser.gap(0)
  }

  function readAll(): void {
    if (parser === null) return
    for (; readChunks < chunks.length; readChunks += 1) parser.feed(chunks.at(readChunks).text, readChunks)
  }

  return {
    get framing() {
      return framing
    },
    read() {
      const fresh = chunks.length === 0 ? '' : chunks.at(chunks.length - 1).text
      // Looking again at all the text for each of many tiny chunks would be quadratic.
      const worthALook = chunks.textLength <= EAGER_LENGTH || chunks.textLength >= DETECT_LIMIT || /[\r\n]/.test(fresh)
      if (worthALook || fresh.length > EAGER_LENGTH) detect(false)
      readAll()
    },
    gap() {
      if (chunks.length === 0) startsInGap = true
      else detect(true)
      readAll()
      parser?.gap(lastChunk())
    },
    end() {
      detect(true)
      readAll()
      parser?.end(lastChunk())
    },
  }
}
