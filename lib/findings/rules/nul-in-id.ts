import { t } from '../../i18n/translate.ts'
import { atEvent, toProof } from '../finding.ts'
import type { Place, Rule } from '../finding.ts'

/** An `id` with U+0000 in it: browsers ignore it (HTML standard, 9.2.6). */
export const nulInId: Rule = {
  name: 'nul-in-id',
  watch() {
    let first: Place | null = null
    let value = ''
    return {
      entry({ kind, index }, { entries }) {
        if (first !== null || kind !== 'ignored') return
        const { data } = entries.at(index)
        if (!data.startsWith('id:')) return
        first = atEvent(index)
        value = data.slice(3).trim().replaceAll('\0', '␀')
      },
      judge: () =>
        first === null
          ? null
          : {
              rule: nulInId.name,
              severity: 'problem',
              title: t('NUL in an id'),
              sentence: t(
                "The id '{id}' has a NUL character (shown as ␀) in it. Browsers ignore it: after a break they ask to go on from an earlier event.",
                { id: value },
              ),
              evidence: [toProof(`id: ${value}`, first)],
              advice: [t('Make ids of printable text, such as a counter.')],
            },
    }
  },
}
