import { t } from '../../i18n/translate.ts'
import { problemRule } from '../chat.ts'
import { counted } from '../facts.ts'
import type { Rule } from '../finding.ts'

/** Events that are not what the format says. */
export const unreadableEvents: Rule = problemRule(
  'unreadable-events',
  ['not-json', 'unexpected-shape', 'event-after-end'],
  (count, { format }) => ({
    severity: 'warning',
    title: t('Events that the format does not allow'),
    sentence: counted(count, '{n} event cannot be read as {format}.', '{n} events cannot be read as {format}.', {
      format: format.label,
    }),
    advice: [
      t(
        'Clients may fail at such an event or pass over it: send only what the format knows, and heartbeats as comments.',
      ),
    ],
  }),
)
