import { t } from '../../i18n/translate.ts'
import { counted } from '../facts.ts'
import { atChunk, atEvent, toProof } from '../finding.ts'
import type { Finding, Place, Rule } from '../finding.ts'

const BOM = '\ufeff'

/** A byte order mark at the start is dropped; one further in makes its line unreadable (HTML standard, 9.2.5). */
export const byteOrderMark: Rule = {
  name: 'byte-order-mark',
  watch() {
    let startsWithBom = false
    let inner: Place | null = null
    let innerCount = 0
    return {
      chunk({ text }, index) {
        if (index === 0) startsWithBom = text.startsWith(BOM)
      },
      entry({ kind, index }, { entries }) {
        if (kind !== 'ignored' || !entries.at(index).data.startsWith(BOM)) return
        inner ??= atEvent(index)
        innerCount += 1
      },
      judge: () => (inner !== null ? toInner(inner, innerCount) : startsWithBom ? toOuter() : null),
    }
  },
}

function toInner(place: Place, count: number): Finding {
  return {
    rule: byteOrderMark.name,
    severity: 'problem',
    title: t('Byte order mark inside the stream'),
    sentence: counted(
      count,
      "{n} line after the first begins with a byte order mark (U+FEFF). It becomes part of the field's name, so browsers ignore the line.",
      "{n} lines after the first begin with a byte order mark (U+FEFF). It becomes part of the field's name, so browsers ignore the line.",
    ),
    evidence: [toProof(t('The first of them'), place)],
    advice: [t('Write each piece in UTF-8 without a byte order mark (.NET: `new UTF8Encoding(false)`).')],
  }
}

function toOuter(): Finding {
  return {
    rule: byteOrderMark.name,
    severity: 'hint',
    title: t('Byte order mark'),
    sentence: t(
      'The body begins with a byte order mark (U+FEFF). Browsers drop it; a client that decodes by itself may take it for part of the first line.',
    ),
    evidence: [toProof(t('The first chunk'), atChunk(0))],
    advice: [t('Write the stream in UTF-8 without a byte order mark (.NET: `new UTF8Encoding(false)`).')],
  }
}
