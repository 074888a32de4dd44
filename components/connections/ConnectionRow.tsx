import type { ReadonlySignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import type { Connection } from '../../lib/session/types.ts'
import { msg, t } from '../../lib/i18n/translate.ts'
import { ActivityBar } from './ActivityBar.tsx'
import { durationOf } from './activity.ts'
import { formatCount, formatDuration, formatSize, toFrameName, toPath } from '../parts/format.ts'
import { EXTENSION_DOC } from '../../lib/replay/extension/recorder.ts'
import { ReplayMark } from './ReplayMark.tsx'
import { stateSentence, StateLabel } from './StateLabel.tsx'
import { FindingMark } from '../findings/FindingMark.tsx'
import type { AllConnections } from '../findings/use-findings.ts'
import type { RowProps } from '../parts/VirtualList.tsx'

interface CellsProps {
  readonly connection: Connection
  readonly pageUrl: string
  readonly now: ReadonlySignal<number>
  readonly connections: AllConnections
}
interface ConnectionRowProps extends CellsProps {
  readonly row: RowProps
}

/** Column, its name and what it is: messages. */
export const CONNECTION_COLUMNS = [
  ['number', '#', msg('Order of starting')],
  ['method', msg('Method'), msg('Request method')],
  ['url', msg('Path'), msg('Path and query; point at one for the whole URL')],
  ['transport', msg('Via'), msg('fetch, EventSource or XMLHttpRequest')],
  ['status', msg('Status'), msg('HTTP status')],
  ['activity', msg('Activity'), msg('When its bytes came')],
  ['events', msg('Events'), msg('Events so far')],
  ['bytes', msg('Bytes'), msg('Size of the body so far')],
  ['duration', msg('Time'), msg('From the call to its end')],
  ['state', msg('State'), msg('How it ended, or what it is doing')],
] as const

/** The list draws all its rows anew whenever one comes: the cells of the others are left alone. */
export function ConnectionRow({ connection, pageUrl, now, connections, row }: ConnectionRowProps) {
  const { url, top, timeOriginMs } = connection.frame
  const cells = useMemo(
    () => <Cells connection={connection} pageUrl={pageUrl} now={now} connections={connections} />,
    // A document tells its URL and clock late, and no connection's version with it.
    [connection, pageUrl, now, connections, url, top, timeOriginMs],
  )
  return (
    <div {...row} class="row connection-row" data-connection={connection.key}>
      {cells}
    </div>
  )
}

function Cells({ connection, pageUrl, now, connections }: CellsProps) {
  // Subscribes: the plain fields below change with it.
  void connection.version.value
  const { open, head, frame, alive } = connection
  const status = toStatus(connection)
  const nowMs = alive ? now.value : 0
  return (
    <>
      <span role="gridcell" data-column="number">
        {connection.number}
      </span>
      <span role="gridcell" data-column="method">
        {open.method}
      </span>
      <span role="gridcell" data-column="url" title={open.url}>
        <FindingMark connection={connection} connections={connections} now={now} />
        <ReplayMark connection={connection} />
        {!frame.top && frame.doc !== EXTENSION_DOC && (
          <span class="frame" title={t('In the frame {url}', { url: frame.url })}>
            {toFrameName(frame.url, pageUrl)}
          </span>
        )}
        {toPath(open.url)}
      </span>
      <span role="gridcell" data-column="transport">
        {transportName(connection)}
      </span>
      <span role="gridcell" data-column="status" class={status >= 400 ? 'bad' : ''} title={head?.statusText ?? ''}>
        {status === 0 ? '–' : status}
      </span>
      <span role="gridcell" data-column="activity">
        <ActivityBar connection={connection} now={now} />
      </span>
      <span role="gridcell" data-column="events">
        {formatCount(connection.eventCount)}
      </span>
      <span role="gridcell" data-column="bytes">
        {formatSize(connection.sizeBytes)}
      </span>
      <span role="gridcell" data-column="duration">
        {formatDuration(durationOf(connection, nowMs))}
      </span>
      <span role="gridcell" data-column="state" title={stateSentence(connection, nowMs)}>
        <StateLabel state={connection.state} />
      </span>
    </>
  )
}

function transportName({ transport }: Connection): string {
  switch (transport) {
    case 'fetch':
      return 'fetch'
    case 'eventsource':
      return 'EventSource'
    case 'xhr':
      return 'XHR'
    default:
      return transport satisfies never
  }
}

/** As the page was told; an EventSource is told nothing, there DevTools may know. 0: unknown. */
function toStatus({ head, network }: Connection): number {
  const told = head?.status ?? 0
  return told > 0 ? told : (network.at(-1)?.status ?? 0)
}
