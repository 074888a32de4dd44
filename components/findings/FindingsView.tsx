import type { Severity } from '../../lib/findings/finding.ts'
import { type Diagnosis, toMarkdown } from '../../lib/findings/findings.ts'
import type { Connection } from '../../lib/session/types.ts'
import type { PanelState } from '../panel/panel-state.ts'
import { CopyButton } from '../parts/CopyButton.tsx'
import { formatCounted } from '../parts/format.ts'
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
          <NothingFound connection={connection} ruleCount={diagnosis.ruleCount} />
        ) : (
          <p>Looking through the events …</p>
        )}
      </div>
    )
  }
  return (
    <div class="view">
      <div class="view-bar">
        <span class="finding-sums" role="status">
          {sumsOf(diagnosis)}
          {!complete && ' so far …'}
        </span>
        <CopyButton
          label="Copy all"
          title="Copy all findings as Markdown"
          text={() => findings.map(toMarkdown).join('\n\n')}
        />
      </div>
      <div class="view-body scroll findings" tabIndex={0} role="group" aria-label="Findings">
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

function NothingFound({ connection, ruleCount }: { readonly connection: Connection; readonly ruleCount: number }) {
  const { alive, eventCount, transport } = connection
  return (
    <>
      <p>
        <strong>Nothing found{alive ? ' so far' : ''}.</strong> {formatCounted(ruleCount, 'rule')} looked at{' '}
        {formatCounted(eventCount, 'event')}.
      </p>
      {transport === 'eventsource' && (
        <p>
          EventSource shows a page neither the text of its stream nor the headers: rules about those had nothing to look
          at.
        </p>
      )}
    </>
  )
}

/** "1 problem · 2 warnings" */
function sumsOf({ findings }: Diagnosis): string {
  const severities: readonly Severity[] = ['problem', 'warning', 'hint']
  return severities
    .map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => formatCounted(count, severity))
    .join(' · ')
}
