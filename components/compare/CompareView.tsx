import type { ReadonlySignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Redaction } from '../../lib/export/redaction.ts'
import { t, tn } from '../../lib/i18n/translate.ts'
import { ErrorBoundary } from '../parts/ErrorBoundary.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import { Tabs } from '../parts/Tabs.tsx'
import { COMPARE_TABS, type CompareState } from './compare-state.ts'
import { type Compared, type CompareProps, toName } from './compared.ts'
import { EventsCompare } from './EventsCompare.tsx'
import { FiguresCompare } from './FiguresCompare.tsx'
import { MessageCompare } from './MessageCompare.tsx'
import { RequestCompare } from './RequestCompare.tsx'
import { RunsView } from './RunsView.tsx'
import { TimelineCompare } from './TimelineCompare.tsx'

interface CompareViewProps {
  readonly compared: Compared
  readonly state: CompareState
  readonly redaction: ReadonlySignal<Redaction>
  /** Wall clock in ms. */
  readonly now: ReadonlySignal<number>
}

/** Several connections beside each other, in the place of one connection's details. */
export function CompareView({ compared, state, redaction, now }: CompareViewProps) {
  const root = useRef<HTMLElement>(null)
  const { all, base, others } = compared
  const tab = state.tab.value
  useLayoutEffect(() => {
    // Who opened it by a key goes on in it.
    root.current?.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus()
  }, [])
  const close = () => {
    state.close()
    document.querySelector<HTMLElement>('.connections')?.focus()
  }
  return (
    <section
      ref={root}
      class="details compare"
      aria-label={t('Comparison')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        // DevTools would open its drawer.
        event.stopPropagation()
        close()
      }}
    >
      <h2 class="visually-hidden">{t('Comparison')}</h2>
      <div class="details-head compare-head">
        <label class="compare-pair">
          {tn(others.length, 'Compare {n} connection with', 'Compare {n} connections with')}
          <select
            class="view-select"
            title={t('The connection that the others are compared with')}
            value={base.key}
            onChange={(event) => (state.baseKey.value = event.currentTarget.value)}
          >
            {all
              .toSorted((one, other) => one.number - other.number)
              .map((connection) => (
                <option key={connection.key} value={connection.key} selected={connection === base}>
                  {toName(connection)}
                </option>
              ))}
          </select>
        </label>
        <IconButton
          icon="close"
          label={t('Close the comparison')}
          title={t('Close the comparison (Escape)')}
          onClick={close}
        />
      </div>
      <Tabs label={t('Comparison')} names={COMPARE_TABS} chosen={tab} onChoose={(name) => (state.tab.value = name)}>
        <ErrorBoundary key={tab} what={t('The {tab} view', { tab: t(tab) })}>
          <TabView compared={compared} state={state} redaction={redaction} now={now} />
        </ErrorBoundary>
      </Tabs>
    </section>
  )
}

function TabView({ redaction, ...props }: CompareProps & Pick<CompareViewProps, 'redaction'>) {
  const tab = props.state.tab.value
  switch (tab) {
    case 'Figures':
      return <FiguresCompare {...props} />
    case 'Timeline':
      return <TimelineCompare {...props} />
    case 'Events':
      return <EventsCompare {...props} />
    case 'Message':
      return <MessageCompare {...props} />
    case 'Request':
      return <RequestCompare {...props} redaction={redaction} />
    case 'Runs':
      return <RunsView {...props} />
    default:
      return tab satisfies never
  }
}
