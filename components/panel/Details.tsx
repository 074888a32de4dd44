import type { ReadonlySignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { type Diagnosis, STEPS_PER_LOOK } from '../../lib/findings/findings.ts'
import type { Connection } from '../../lib/session/types.ts'
import { hasMessage } from '../../lib/turns/turn-reader.ts'
import { ErrorBoundary } from '../parts/ErrorBoundary.tsx'
import { EventsView } from '../events/EventsView.tsx'
import { FindingsView } from '../findings/FindingsView.tsx'
import { useHeaderReveal } from '../findings/use-header-reveal.ts'
import { type AllConnections, useFindings } from '../findings/use-findings.ts'
import { MessageView } from '../message/MessageView.tsx'
import { RulesDialog } from '../message/RulesDialog.tsx'
import { Icon } from '../parts/Icon.tsx'
import { type PanelState, TABS, type TabName } from './panel-state.ts'
import { RawView } from '../raw/RawView.tsx'
import { RequestView } from '../exchange/RequestView.tsx'
import { ResponseView } from '../exchange/ResponseView.tsx'
import { StateHead } from '../connections/StateHead.tsx'
import { Tabs } from '../parts/Tabs.tsx'
import { TimelineView } from '../timeline/TimelineView.tsx'

interface DetailsProps {
  readonly connection: Connection
  readonly state: PanelState
  /** Wall clock in ms. */
  readonly now: ReadonlySignal<number>
  readonly connections: AllConnections
}

/** The open connection is looked through in large steps, of some ms each. */
const FINDINGS_PACE = { everyMs: 250, steps: STEPS_PER_LOOK }

/** The right side: one connection. */
export function Details({ connection, state, now, connections }: DetailsProps) {
  void connection.version.value
  const names: readonly TabName[] = hasMessage(connection) ? TABS : TABS.filter((name) => name !== 'Message')
  const tab = names.includes(state.tab.value) ? state.tab.value : 'Events'
  const root = useRef<HTMLElement>(null)
  const diagnosis = useFindings(connection, connections, now, FINDINGS_PACE)
  useHeaderReveal(root, connection, state)
  return (
    <section ref={root} class="details" aria-label={`Connection ${connection.number}`}>
      <h2 class="visually-hidden">Connection {connection.number}</h2>
      <StateHead connection={connection} now={now}>
        <button
          type="button"
          class="icon-button"
          aria-label="Close details"
          title="Close details"
          onClick={() => state.closeDetails()}
        >
          <Icon name="close" />
        </button>
      </StateHead>
      <Tabs
        label="Connection details"
        names={names}
        chosen={tab}
        badges={findingsBadge(diagnosis)}
        onChoose={(name) => (state.tab.value = name)}
      >
        <ErrorBoundary key={`${connection.key} ${tab}`} what={`The ${tab} view`}>
          <TabView tab={tab} connection={connection} state={state} diagnosis={diagnosis} />
        </ErrorBoundary>
      </Tabs>
      <RulesDialog state={state} />
    </section>
  )
}

/** The number of findings, with dots while the stream is still looked through. */
function findingsBadge({ findings, complete }: Diagnosis) {
  if (findings.length === 0 && complete) return {}
  const text = `${findings.length === 0 ? '' : findings.length}${complete ? '' : '…'}`
  return { Findings: { text, title: findings.map(({ title }) => title).join(', ') || 'Looking through the events' } }
}

interface TabViewProps extends Pick<DetailsProps, 'connection' | 'state'> {
  readonly tab: TabName
  readonly diagnosis: Diagnosis
}

function TabView({ tab, connection, state, diagnosis }: TabViewProps) {
  switch (tab) {
    case 'Message':
      return <MessageView connection={connection} state={state} />
    case 'Events':
      return <EventsView connection={connection} state={state} />
    case 'Findings':
      return <FindingsView connection={connection} state={state} diagnosis={diagnosis} />
    case 'Timeline':
      return <TimelineView connection={connection} state={state} />
    case 'Request':
      return <RequestView connection={connection} />
    case 'Response':
      return <ResponseView connection={connection} />
    case 'Raw':
      return <RawView connection={connection} state={state} />
    default:
      return tab satisfies never
  }
}
