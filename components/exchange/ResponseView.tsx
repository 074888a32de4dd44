import type { NoteRecord } from '../../lib/protocol.ts'
import type { Connection } from '../../lib/session/types.ts'
import { documentNoteSentence } from './document-notes.ts'
import { type Field, Fields, Section } from './Fields.tsx'
import {
  formatCount,
  formatCounted,
  formatDuration,
  formatSince,
  formatSize,
  formatTimeOfDay,
} from '../parts/format.ts'
import { NetworkSection } from './NetworkSection.tsx'
import { stateSentence, StateLabel } from '../connections/StateLabel.tsx'

/** What came back: head, times, and what must be known about what was (not) seen. */
export function ResponseView({ connection }: { readonly connection: Connection }) {
  void connection.version.value
  const { head, end } = connection
  const notes = noteSentences(connection)
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label="Response">
      <Section title="General">
        <Fields
          fields={[
            ['State', <StateLabel key="state" state={connection.state} />],
            ['In words', stateSentence(connection)],
            ['Status', head === null ? 'No answer' : statusText(head.status, head.statusText)],
            ...(head === null ? [] : answerFields(head)),
            ['Received', receivedText(connection)],
            ['Events', `${formatCount(connection.eventCount)} (${framingText(connection.framing)})`],
            ...(connection.attempts > 1 ? [['Connected', `${connection.attempts} times`] as const] : []),
          ]}
        />
      </Section>
      {notes.length > 0 && (
        <Section title="To know">
          <ul class="sentences">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Section>
      )}
      <Section title="Times">
        <Fields fields={timeFields(connection)} />
      </Section>
      <Section title="Headers, as far as the page may read them">
        <Fields fields={head?.headers ?? []} none={head === null ? 'No answer.' : 'None that the page may read.'} />
      </Section>
      <NetworkSection connection={connection} />
      {end !== null && (end.by !== '' || end.reason !== null) && (
        <Section title="End">
          <Fields
            fields={[
              ...(end.by === '' ? [] : [['Ended by', end.by] as const]),
              ...(end.reason === null
                ? []
                : [['Reason', `${end.reason.name || end.reason.type}: ${end.reason.text}`] as const]),
            ]}
          />
          {end.stack !== '' && <pre class="block">{end.stack}</pre>}
        </Section>
      )}
    </div>
  )
}

function receivedText({ transport, sizeBytes, chunks }: Connection): string {
  const size = formatSize(sizeBytes)
  return transport === 'eventsource' ? `${size} of event data` : `${size} in ${formatCounted(chunks.length, 'chunk')}`
}

function framingText(framing: Connection['framing']): string {
  return framing === 'events' ? 'as the browser dispatched them' : `the body is read as ${framing}`
}

function statusText(status: number, text: string): string {
  return status === 0 ? 'Not known to the page' : `${status} ${text}`.trim()
}

function answerFields(head: NonNullable<Connection['head']>): readonly Field[] {
  return [
    ...(head.redirected || head.url !== ''
      ? [['URL', head.redirected ? `${head.url} (redirected)` : head.url] as const]
      : []),
    ...(head.type === '' ? [] : [['Type', head.type] as const]),
    ...(head.declared === '' ? [] : [['Counts as a stream', head.declared] as const]),
  ]
}

/** Marks of one connection, each with its time since the call and of day. */
function timeFields(connection: Connection): readonly Field[] {
  const { open, head, frame } = connection
  const mark = (name: string, atMs: number | null | undefined, note = ''): readonly Field[] => {
    if (atMs === null || atMs === undefined) return []
    const since = atMs === open.atMs ? '' : `${formatSince(atMs - open.atMs)} · `
    return [[name, `${since}${formatTimeOfDay(frame.timeOriginMs + atMs)}${note}`]]
  }
  // Firefox resolves fetch at the first byte of the body: that moment is not the head's.
  const headNote =
    connection.transport === 'fetch' && navigator.userAgent.includes('Firefox/')
      ? ' · Firefox tells pages only at the first byte'
      : ''
  const { firstByteAtMs, lastByteAtMs } = connection
  return [
    ...mark('Call', open.atMs),
    ...mark('Head', head?.atMs, headNote),
    ...mark('First byte', firstByteAtMs),
    ...mark('First event', connection.firstEventAtMs),
    ...mark('Last byte', lastByteAtMs),
    ...mark('End', connection.ending?.atMs),
    ...(firstByteAtMs === null || lastByteAtMs === null
      ? []
      : [['First to last byte', formatDuration(lastByteAtMs - firstByteAtMs)] as const]),
  ]
}

/** The notes as plain sentences; one sentence for all types that are listened to. */
function noteSentences(connection: Connection): readonly string[] {
  const types = connection.notes.filter((note) => note.note === 'listens-to').map((note) => note.detail)
  const sentences = connection.notes.flatMap((note) => sentenceOf(note) ?? [])
  if (connection.transport === 'eventsource') {
    const listens =
      types.length === 0
        ? 'The page listens to no events yet.'
        : `The page listens to: ${[...new Set(types)].join(', ')}.`
    sentences.unshift(`${listens} Event types nobody listens to, and comments, cannot be seen with EventSource.`)
  }
  if (connection.dropped.records > 0) {
    const { records, sizeBytes } = connection.dropped
    sentences.push(`${formatCount(records)} chunks (${formatSize(sizeBytes)}) were dropped before they could be shown.`)
  }
  return [...new Set([...sentences, ...(connection.frame.notes ?? []).map(documentNoteSentence)])]
}

function sentenceOf({ note, detail }: NoteRecord): string | null {
  const more = detail === '' ? '.' : `: ${detail}.`
  switch (note) {
    case 'rebuilt':
      return 'Page code made another Response of this body: the page may see another URL, type or status than is shown here.'
    case 'held-open':
      return `The page let go of one copy of the body (${detail}), but another copy, a clone or one side of a tee, keeps the connection open: the server does not notice.`
    case 'unseen-consumer':
      return `The body went where it cannot be followed${more}`
    case 'read-by':
      return `The page reads the body by ${detail || 'a lock of its own'}.`
    case 'no-text-until-end':
      return 'The response type of this XHR gives no text before the end: events show up when it is complete.'
    case 'cut':
      return `Something was too large to keep whole${more}`
    case 'listens-to':
      return null
    default:
      return note satisfies never
  }
}
