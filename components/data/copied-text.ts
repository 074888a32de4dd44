import { t } from '../../lib/i18n/translate.ts'
import { wholeText } from '../../lib/export/whole-text.ts'
import { formatCount } from '../parts/format.ts'
import type { TextSource } from './text-rows.ts'

/** A part of a text to be copied: at once where all of it is here, and with a mark where some of it was dropped. */
export function copiedText(source: TextSource, from: number, to: number): string | Promise<string> {
  const { awayOf, sameUntil, bring } = source
  if (awayOf === undefined || sameUntil === undefined || bring === undefined || awayOf(from, to) === null) {
    return source.text(from, to)
  }
  const text = (begin: number, end: number) => source.text(begin, end)
  return wholeText({ text, awayOf, sameUntil, bring }, from, to, leftOutMark).then((known) => known.text)
}

const leftOutMark = (length: number) =>
  `\n${t('[{n} characters are missing here: dropped to keep the bound for texts]', { n: formatCount(length) })}\n`
