import { t } from '../../i18n/translate.ts'
import { quote } from '../../endings/words.ts'
import { atEvent, toProof } from '../finding.ts'
import type { Proof, Rule } from '../finding.ts'

/** A `retry` that is no whole number: browsers ignore it (HTML standard, 9.2.6: ASCII digits only). */
export const badRetry: Rule = {
  name: 'bad-retry',
  watch() {
    let first: Proof | null = null
    return {
      entry({ kind, index }, { entries }) {
        if (first !== null || kind !== 'ignored') return
        const { data } = entries.at(index)
        if (/^retry(?::|$)/.test(data)) first = toProof(quote(data), atEvent(index))
      },
      judge: () =>
        first === null
          ? null
          : {
              rule: badRetry.name,
              severity: 'warning',
              title: t('Bad retry'),
              sentence: t(
                '{line} is no whole number of milliseconds. Browsers ignore it and wait as long as they would have anyway.',
                { line: first.text },
              ),
              evidence: [first],
              advice: [t('Send milliseconds as digits only, without unit, sign or fraction: `retry: 3000`.')],
            },
    }
  },
}
