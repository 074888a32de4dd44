import { t } from '../../i18n/translate.ts'
import { counted, toFigure } from '../facts.ts'
import { atChunk, toProof } from '../finding.ts'
import type { Proof, Rule } from '../finding.ts'
import { findInvalid } from '../utf8.ts'

/** Chunks that are shown. */
const SHOWN = 3

interface Bad {
  /** The chunk's. */
  readonly index: number
  readonly found: ReturnType<typeof findInvalid>
}

/** Bytes that are no UTF-8: the page gets U+FFFD in their place. */
export const invalidUtf8: Rule = {
  name: 'invalid-utf8',
  watch() {
    const shown: Bad[] = []
    let count = 0
    /** The last one has only what was left of a character at the end. */
    let cutAtEnd = false
    return {
      chunk({ raw, sizeBytes }, index) {
        if (raw === null) return
        count += 1
        cutAtEnd = sizeBytes === 0
        if (shown.length >= SHOWN) return
        shown.push({ index, found: findInvalid(raw) })
      },
      judge() {
        if (count === 0) return null
        const onlyCut = cutAtEnd && count === 1
        return {
          rule: invalidUtf8.name,
          severity: 'problem',
          title: onlyCut ? t('Cut inside a character') : t('Invalid UTF-8'),
          sentence: onlyCut
            ? t('The body ends inside a character: its last bytes are no whole UTF-8 character.')
            : counted(
                count,
                '{n} chunk has bytes that are not UTF-8. The page gets replacement characters (U+FFFD) in their place.',
                '{n} chunks have bytes that are not UTF-8. The page gets replacement characters (U+FFFD) in their place.',
              ),
          evidence: shown.map(toBadProof),
          advice: onlyCut
            ? [t('Look for what ended the answer early: the server, or a proxy with a limit.')]
            : [
                t(
                  'Write the stream in UTF-8; cut texts at characters, never at bytes, before they are put into events.',
                ),
                t('Send binary data as base64.'),
              ],
        }
      },
    }
  },
}

function toBadProof({ index, found }: Bad): Proof {
  const number = index + 1
  if (found === null) return toProof(t('Chunk {number}', { number }), atChunk(index))
  const values = { number, bytes: found.hex, place: toFigure(found.at) }
  return toProof(
    found.hex.includes(' ')
      ? t('Chunk {number}: bytes {bytes} at {place}', values)
      : t('Chunk {number}: byte {bytes} at {place}', values),
    atChunk(index),
  )
}
