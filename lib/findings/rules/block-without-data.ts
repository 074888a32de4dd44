import { t } from '../../i18n/translate.ts'
import { quote } from '../../endings/words.ts'
import { counted } from '../facts.ts'
import { atEvent, toProof } from '../finding.ts'
import type { Proof, Rule } from '../finding.ts'
import { isHeartbeatType } from '../heartbeat.ts'

/** Blocks that are shown. */
const SHOWN = 3

/** A block with a type but without data: browsers dispatch nothing (HTML standard, 9.2.6). A lone `id` is good use. */
export const blockWithoutData: Rule = {
  name: 'block-without-data',
  watch() {
    const shown: Proof[] = []
    let count = 0
    let heartbeats = 0
    return {
      entry({ kind, index }, { entries }) {
        if (kind !== 'no-data') return
        const { data } = entries.at(index)
        const type = /^event(?::[ ]?(.*))?$/m.exec(data)?.[1]?.trimEnd()
        if (type === undefined) return
        count += 1
        if (isHeartbeatType(type)) heartbeats += 1
        if (shown.length < SHOWN) shown.push(toProof(quote(data), atEvent(index)))
      },
      judge() {
        if (count === 0) return null
        return {
          rule: blockWithoutData.name,
          // Nobody misses a heartbeat that does not arrive.
          severity: heartbeats === count ? 'hint' : 'warning',
          title: t('Block without data'),
          sentence: counted(
            count,
            '{n} block has an event type but no `data` field. Browsers dispatch nothing for it: no listener is called.',
            '{n} blocks have an event type but no `data` field. Browsers dispatch nothing for them: no listener is called.',
          ),
          evidence: shown,
          advice: [
            t('Send a `data:` line with every event; it may be empty. For a mere sign of life, send a comment (`:`).'),
          ],
        }
      },
    }
  },
}
