import type { ReadonlySignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { type Diagnosis, STEPS_PER_LOOK } from '../../lib/findings/findings.ts'
import type { Connection } from '../../lib/session/types.ts'
import { hasMessage } from '../../lib/turns/turn-reader.ts'
import { t } from '../../lib/i18n/translate.ts'
import { ErrorBoundary } from '../parts/ErrorBoundary.tsx'
import { CompareReplays } from '../compare/CompareReplays.tsx'
import { EventsView } from '../events/EventsView.tsx'
import { FindingsView } from '../findings/FindingsView.tsx'
import { useHeaderReveal } from '../findings/use-header-reveal.ts'
import { type AllConnections, useFindings } from '../findings/use-findings.ts'
import { MessageView } from '../message/MessageView.tsx'
import type { ReplayTools } from '../replay/replay-desk.ts'
import { ReplayView } from '../replay/ReplayView.tsx'
import { useReplayKey } from '../replay/use-replay-key.ts'
import { RulesDialog } from '../message/RulesDialog.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import { type PanelState, TABS, type TabName } from './panel-state.ts'
import { RawView } from '../raw/RawView.tsx'
import { RequestView } from '../exchange/RequestView.tsx'
import { ResponseView } from '../exchange/ResponseView.tsx'
import { ReplayOrigin } from '../connections/ReplayMark.tsx'
import { RunsList } from '../replay/runs/RunsList.tsx'
import { StateHead } from '../connections/StateHead.tsx'
import { Tabs } from '../parts/Tabs.tsx'
import { TimelineView } from '../timeline/TimelineView.tsx'

interface DetailsProps {
  readonly connection: Connection
  readonly state: PanelState
  /** Wall clock in ms. */
  readonly now: ReadonlySignal<number>
  readonly connections: AllConnections
  readonly replay: ReplayTools
}

/** The open connection is looked through in large steps, of some ms each. */
const FINDINGS_PACE = { everyMs: 250, steps: STEPS_PER_LOOK }

/** The right side: one connection. */
export function Details({ connection, state, now, connections, replay }: DetailsProps) {
  void connection.version.value
  const names: readonly TabName[] = hasMessage(connection) ? TABS : TABS.filter((name) => name !== 'Message')
  const tab = names.includes(state.tab.value) ? state.tab.value : 'Events'
  const root = useRef<HTMLElement>(null)
  const diagnosis = useFindings(connection, connections, now, FINDINGS_PACE)
  useHeaderReveal(root, connection, state)
  useReplayKey(state.tab)
  const title = t('Connection {n}', { n: connection.number })
  return (
    <section ref={root} class="details" aria-label={title}>
      <h2 class="visually-hidden">{title}</h2>
      <StateHead connection={connection} now={now}>
        <ReplayOrigin connection={connection} onShow={(key) => state.select(key)} />
        <CompareReplays connection={connection} connections={connections} state={state.compare} />
        <IconButton icon="close" label={t('Close details')} onClick={() => state.closeDetails()} />
      </StateHead>
      <Tabs
        label={t('Connection details')}
        names={names}
        chosen={tab}
        badges={findingsBadge(diagnosis)}
        onChoose={(name) => (state.tab.value = name)}
      >
        <ErrorBoundary key={`${connection.key} ${tab}`} what={t('The {tab} view', { tab: t(tab) })}>
          <TabView tab={tab} connection={connection} state={state} diagnosis={diagnosis} replay={replay} />
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
  return {
    Findings: { text, title: findings.map(({ title }) => title).join(t(', ')) || t('Looking through the events') },
  }
}

interface TabViewProps extends Pick<DetailsProps, 'connection' | 'state' | 'replay'> {
  readonly tab: TabName
  readonly diagnosis: Diagnosis
}

function TabView({ tab, connection, state, diagnosis, replay }: TabViewProps) {
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
      return (
        <RequestView
          connection={connection}
          redaction={state.redaction}
          onReplay={() => (state.tab.value = 'Replay')}
        />
      )
    case 'Response':
      return <ResponseView connection={connection} />
    case 'Raw':
      return <RawView connection={connection} state={state} />
    case 'Replay':
      return (
        <ReplayView connection={connection} {...replay}>
          {replay.replayer !== null && (
            <RunsList connection={connection} replayer={replay.replayer} onShow={(key) => state.showReplay(key)} />
          )}
        </ReplayView>
      )
    default:
      return tab satisfies never
  }
}
