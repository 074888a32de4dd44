import { t } from '../../i18n/translate.ts'
import { problemRule } from '../chat.ts'
import type { Rule } from '../finding.ts'

/** The server closed in order, but the event by which the format says that it is over never came. */
export const missingTerminalEvent: Rule = problemRule(
  'missing-terminal-event',
  ['missing-terminal'],
  (_count, { format, turn: { messages } }) => {
    const isFinished = messages.length > 0 && messages.every(({ finish }) => finish !== null)
    return {
      severity: isFinished ? 'warning' : 'problem',
      title: t('Terminal event missing'),
      sentence: t(
        isFinished
          ? 'The server closed the stream, but the event that ends {format} did not come, though the answer has its finish reason.'
          : 'The server closed the stream, but the event that ends {format} did not come: the answer may be cut off.',
        { format: format.label },
      ),
      advice: [
        t(
          'Look at the server, and at what is between it and the page, for a time limit or an error that closes the answer early.',
        ),
        t('Where your own server passes the stream on, pass its last event on, too.'),
      ],
    }
  },
)
