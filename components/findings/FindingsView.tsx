import type { Severity } from '../../lib/findings/finding.ts'
import { type Diagnosis, toMarkdown } from '../../lib/findings/findings.ts'
import type { Connection } from '../../lib/session/types.ts'
import { t, tn } from '../../lib/i18n/translate.ts'
import { unseenWords } from '../events/unseen-words.ts'
import type { PanelState } from '../panel/panel-state.ts'
import { CopyButton } from '../parts/CopyButton.tsx'
import { formatCount } from '../parts/format.ts'
import { FindingCard } from './FindingCard.tsx'

interface FindingsViewProps {
  readonly connection: Connection
  readonly state: PanelState
  readonly diagnosis: Diagnosis
}

/** What the rules found in one connection, the gravest first. */
export function FindingsView({ connection, state, diagnosis }: FindingsViewProps) {
  const { findings, complete } = diagnosis
  if (findings.length === 0) {
    return (
      <div class="hint" role="status">
        {complete ? (
          <NothingFound connection={connection} diagnosis={diagnosis} />
        ) : (
          <p>{t('Looking through the events …')}</p>
        )}
      </div>
    )
  }
  return (
    <div class="view">
      <div class="view-bar">
        <span class="finding-sums" role="status">
          {complete ? sumsOf(diagnosis) : t('{sums} so far …', { sums: sumsOf(diagnosis) })}
          {unseenWords(diagnosis.unseenCount)}
        </span>
        <CopyButton
          label={t('Copy all')}
          title={t('Copy all findings as Markdown')}
          text={() => findings.map(toMarkdown).join('\n\n')}
        />
      </div>
      <div class="view-body scroll findings" tabIndex={0} role="group" aria-label={t('Findings')}>
        {findings.map((finding) => (
          <FindingCard
            key={`${finding.rule} ${finding.title}`}
            finding={finding}
            onJump={(place) => state.goTo(connection.key, place)}
          />
        ))}
      </div>
    </div>
  )
}

type NothingFoundProps = Pick<FindingsViewProps, 'connection' | 'diagnosis'>

function NothingFound({ connection, diagnosis: { ruleCount, unseenCount } }: NothingFoundProps) {
  void connection.version.value
  const { alive, eventCount, transport } = connection
  return (
    <>
      <p>
        <strong>{alive ? t('Nothing found so far.') : t('Nothing found.')}</strong>{' '}
        {t('{rules} looked at {events}.', {
          rules: tn(ruleCount, '{n} rule', '{n} rules'),
          events: tn(eventCount, '{n} event', '{n} events', { n: formatCount(eventCount) }),
        })}
        {unseenWords(unseenCount)}
      </p>
      {transport === 'eventsource' && (
        <p>
          {t(
            'EventSource shows a page neither the text of its stream nor the headers: rules about those had nothing to look at.',
          )}
        </p>
      )}
    </>
  )
}

function severityCount(severity: Severity, count: number): string {
  switch (severity) {
    case 'problem':
      return tn(count, '{n} problem', '{n} problems')
    case 'warning':
      return tn(count, '{n} warning', '{n} warnings')
    case 'hint':
      return tn(count, '{n} hint', '{n} hints')
    default:
      return severity satisfies never
  }
}

/** "1 problem · 2 warnings" */
function sumsOf({ findings }: Diagnosis): string {
  const severities: readonly Severity[] = ['problem', 'warning', 'hint']
  return severities
    .map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => severityCount(severity, count))
    .join(' · ')
}
