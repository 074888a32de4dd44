import type { ReadonlySignal } from '@preact/signals'
import type { Connection } from '../../lib/session/types.ts'
import { ActivityBar } from './ActivityBar.tsx'
import { durationOf } from './activity.ts'
import { formatCount, formatDuration, formatSize, toFrameName, toPath } from '../parts/format.ts'
import { stateSentence, StateLabel } from './StateLabel.tsx'
import { FindingMark } from '../findings/FindingMark.tsx'
import type { AllConnections } from '../findings/use-findings.ts'
import type { RowProps } from '../parts/VirtualList.tsx'

interface ConnectionRowProps {
  readonly connection: Connection
  readonly pageUrl: string
  readonly now: ReadonlySignal<number>
  readonly connections: AllConnections
  readonly row: RowProps
}

export const CONNECTION_COLUMNS = [
  ['number', '#', 'Order of starting'],
  ['method', 'Method', 'Request method'],
  ['url', 'Path', 'Path and query; point at one for the whole URL'],
  ['transport', 'Via', 'fetch, EventSource or XMLHttpRequest'],
  ['status', 'Status', 'HTTP status'],
  ['activity', 'Activity', 'When its bytes came'],
  ['events', 'Events', 'Events so far'],
  ['bytes', 'Bytes', 'Size of the body so far'],
  ['duration', 'Time', 'From the call to its end'],
  ['state', 'State', 'How it ended, or what it is doing'],
] as const

export function ConnectionRow({ connection, pageUrl, now, connections, row }: ConnectionRowProps) {
  // Subscribes: the plain fields below change with it.
  void connection.version.value
  const { open, head, frame, alive } = connection
  const status = toStatus(connection)
  const nowMs = alive ? now.value : 0
  return (
    <div {...row} class="row connection-row" data-connection={connection.key}>
      <span role="gridcell" data-column="number">
        {connection.number}
      </span>
      <span role="gridcell" data-column="method">
        {open.method}
      </span>
      <span role="gridcell" data-column="url" title={open.url}>
        <FindingMark connection={connection} connections={connections} now={now} />
        {!frame.top && (
          <span class="frame" title={`In the frame ${frame.url}`}>
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
    </div>
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
