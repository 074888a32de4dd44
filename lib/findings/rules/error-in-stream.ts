import { say } from '../../i18n/saying.ts'
import { t } from '../../i18n/translate.ts'
import { chatRule } from '../chat.ts'
import { atEvent, toProof } from '../finding.ts'
import type { Rule } from '../finding.ts'

const SHOWN = 5

/** The stream itself carried an error, whatever the HTTP status. */
export const errorInStream: Rule = chatRule('error-in-stream', ({ turn: { errors } }, { head }) => {
  if (errors.length === 0) return null
  const status = head?.status ?? 0
  return {
    severity: 'problem',
    title: t('Error inside the stream'),
    sentence:
      status >= 200 && status < 300
        ? t('The stream carried an error, after the HTTP status {status} had said that all is well.', { status })
        : t('The stream carried an error.'),
    evidence: errors
      .slice(0, SHOWN)
      .map(({ text, code, event }) => toProof(code === '' ? say(text) : `${code}: ${say(text)}`, atEvent(event))),
    advice: [t('Handle errors among the events as well: the status of a stream is sent before the answer is made.')],
  }
})
