import { t } from '../../i18n/translate.ts'
import { toDurationWords } from '../../endings/words.ts'
import { counted, isAnswer } from '../facts.ts'
import { atEvent, toProof } from '../finding.ts'
import type { Rule } from '../finding.ts'
import { isHeartbeat } from '../heartbeat.ts'

/** A stream may well have nothing to say for a while. */
const LEAST_MS = 30_000
const LEAST_HEARTBEATS = 3

/** The server keeps the connection alive and sends nothing else. */
export const onlyHeartbeats: Rule = {
  name: 'only-heartbeats',
  watch() {
    let heartbeats = 0
    let firstIndex = -1
    let lastAtMs = 0
    let hasEvent = false
    return {
      entry(entry) {
        if (isHeartbeat(entry)) {
          heartbeats += 1
          if (firstIndex === -1) firstIndex = entry.index
          lastAtMs = entry.atMs
        } else if (entry.kind === 'event') hasEvent = true
      },
      judge(connection) {
        const sinceMs = lastAtMs - connection.open.atMs
        if (hasEvent || heartbeats < LEAST_HEARTBEATS || sinceMs < LEAST_MS) return null
        return {
          rule: onlyHeartbeats.name,
          // A subscription may have nothing to tell; an answer should.
          severity: isAnswer(connection) ? 'warning' : 'hint',
          title: t('Only heartbeats'),
          sentence: counted(
            heartbeats,
            '{n} heartbeat and no other event came in {time}. The connection works; the server has sent nothing on it.',
            '{n} heartbeats and no other event came in {time}. The connection works; the server has sent nothing on it.',
            { time: toDurationWords(sinceMs) },
          ),
          evidence: [toProof(t('The first heartbeat'), atEvent(firstIndex))],
          advice: [
            t(
              'Look whether the server publishes to this very channel, user or request, and whether what it waits for is stuck.',
            ),
          ],
        }
      },
    }
  },
}
