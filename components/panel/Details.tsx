import type { Connection } from '../../lib/session/types.ts'
import { ErrorBoundary } from '../parts/ErrorBoundary.tsx'
import { EventsView } from '../events/EventsView.tsx'
import { Icon } from '../parts/Icon.tsx'
import { type PanelState, TABS, type TabName } from './panel-state.ts'
import { RawView } from '../raw/RawView.tsx'
import { RequestView } from '../exchange/RequestView.tsx'
import { ResponseView } from '../exchange/ResponseView.tsx'
import { stateSentence, StateLabel } from '../connections/StateLabel.tsx'
import { Tabs } from '../parts/Tabs.tsx'

interface DetailsProps {
  readonly connection: Connection
  readonly state: PanelState
}

/** The right side: one connection. */
export function Details({ connection, state }: DetailsProps) {
  void connection.version.value
  const tab = state.tab.value
  const sentence = stateSentence(connection)
  return (
    <section class="details" aria-label={`Connection ${connection.number}`}>
      <div class="details-head">
        <StateLabel state={connection.state} />
        <span class="sentence" title={sentence}>
          {sentence}
        </span>
        <button
          type="button"
          class="icon-button"
          aria-label="Close details"
          title="Close details"
          onClick={() => state.closeDetails()}
        >
          <Icon name="close" />
        </button>
      </div>
      <Tabs label="Connection details" names={TABS} chosen={tab} onChoose={(name) => (state.tab.value = name)}>
        <ErrorBoundary key={`${connection.key} ${tab}`} what={`The ${tab} view`}>
          <TabView tab={tab} connection={connection} state={state} />
        </ErrorBoundary>
      </Tabs>
    </section>
  )
}

function TabView({ tab, connection, state }: DetailsProps & { readonly tab: TabName }) {
  switch (tab) {
    case 'Events':
      return <EventsView connection={connection} state={state} />
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
