import { counted, toFigure } from '../facts.ts'
import { atChunk, toProof } from '../finding.ts'
import type { Proof, Rule } from '../finding.ts'
import { findInvalid } from '../utf8.ts'

/** Chunks that are shown. */
const SHOWN = 3

/** Bytes that are no UTF-8: the page gets U+FFFD in their place. */
export const invalidUtf8: Rule = {
  name: 'invalid-utf8',
  watch() {
    const shown: Proof[] = []
    let count = 0
    /** The last one has only what was left of a character at the end. */
    let cutAtEnd = false
    return {
      chunk({ raw, sizeBytes }, index) {
        if (raw === null) return
        count += 1
        cutAtEnd = sizeBytes === 0
        if (shown.length >= SHOWN) return
        const found = findInvalid(raw)
        const where =
          found === null ? '' : `: ${found.hex.includes(' ') ? 'bytes' : 'byte'} ${found.hex} at ${toFigure(found.at)}`
        shown.push(toProof(`Chunk ${index + 1}${where}`, atChunk(index)))
      },
      judge() {
        if (count === 0) return null
        const onlyCut = cutAtEnd && count === 1
        return {
          rule: invalidUtf8.name,
          severity: 'problem',
          title: onlyCut ? 'Cut inside a character' : 'Invalid UTF-8',
          sentence: onlyCut
            ? 'The body ends inside a character: its last bytes are no whole UTF-8 character.'
            : `${counted(count, 'chunk')} ${count === 1 ? 'has' : 'have'} bytes that are not UTF-8. The page gets replacement characters (U+FFFD) in their place.`,
          evidence: shown,
          advice: onlyCut
            ? ['Look for what ended the answer early: the server, or a proxy with a limit.']
            : [
                'Write the stream in UTF-8; cut texts at characters, never at bytes, before they are put into events.',
                'Send binary data as base64.',
              ],
        }
      },
    }
  },
}
