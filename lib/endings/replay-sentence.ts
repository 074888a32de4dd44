/** Endings that only a replay can have: the panel stopped it, and no page did. */
import { t } from '../i18n/translate.ts'
import type { EndRecord, ReplayStop } from '../protocol.ts'
import type { Evidence } from './evidence.ts'
import type { PageVerdict } from './facts.ts'
import { toDurationWords } from './words.ts'

/** Whether the panel, or a limit set in it, ended it. */
export function isByPanel({ open }: Evidence, { how, by }: EndRecord): boolean {
  return open.replay !== undefined && ((how === 'cancel' && by !== '') || how === 'timeout')
}

/** No document but the extension's own is without a URL. */
const isFromExtension = ({ open, pageUrl }: Evidence): boolean => open.replay !== undefined && pageUrl === ''

/** Null where the ending is like any other's. */
export function toReplaySentence(
  evidence: Evidence,
  end: EndRecord,
  verdict: PageVerdict,
  when: string,
): string | null {
  if (verdict === 'unreachable' && isFromExtension(evidence))
    return t('Failed {when}. The extension is not told why: no connection, or it broke.', { when })
  if (!isByPanel(evidence, end)) return null
  if (verdict === 'timed out') {
    const limit = toDurationWords(end.limitMs ?? 0)
    return t('Timed out {when}: the limit that was set for the replay ({limit}).', { when, limit })
  }
  const stopped = toStopWords(end.by as ReplayStop, when)
  if (verdict === 'cancelled') return stopped
  return verdict === 'completed' ? t('The stream had said that it was over. {stopped}', { stopped }) : null
}

function toStopWords(by: ReplayStop, when: string): string {
  switch (by) {
    case 'replay stopped':
      return t('You stopped the replay {when}.', { when })
    case 'stop after events':
      return t('The replay was stopped {when}, as was set for its number of events.', { when })
    case 'stop after time':
      return t('The replay was stopped {when}, as was set for its time.', { when })
    case 'then of the page':
      return t(
        'The replay was stopped {when}: the page has put a then on all objects or responses, and would be handed the answer. Send it as the extension.',
        { when },
      )
    default:
      by satisfies never
      return t('The replay was stopped {when}.', { when })
  }
}
