import type { NoteRecord } from '../../lib/protocol.ts'
import type { Connection } from '../../lib/session/types.ts'
import { t, tn } from '../../lib/i18n/translate.ts'
import { documentNoteSentence } from './document-notes.ts'
import { type Field, Fields, Section } from './Fields.tsx'
import { formatCount, formatDuration, formatSince, formatSize, formatTimeOfDay } from '../parts/format.ts'
import { NetworkSection } from './NetworkSection.tsx'
import { stateSentence, StateLabel } from '../connections/StateLabel.tsx'

/** What came back: head, times, and what must be known about what was (not) seen. */
export function ResponseView({ connection }: { readonly connection: Connection }) {
  void connection.version.value
  const { head, end } = connection
  const notes = noteSentences(connection)
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={t('Response')}>
      <Section title={t('General')}>
        <Fields
          fields={[
            [t('State'), <StateLabel key="state" state={connection.state} />],
            [t('In words'), stateSentence(connection)],
            [t('Status'), head === null ? t('No answer') : statusText(head.status, head.statusText)],
            ...(head === null ? [] : answerFields(head)),
            [t('Received'), receivedText(connection)],
            [t('Events'), eventsText(connection)],
            ...(connection.attempts > 1
              ? [[t('Connected'), tn(connection.attempts, '{n} time', '{n} times')] as const]
              : []),
          ]}
        />
      </Section>
      {notes.length > 0 && (
        <Section title={t('To know')}>
          <ul class="sentences">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t('Times')}>
        <Fields fields={timeFields(connection)} />
      </Section>
      <Section title={t('Headers, as far as the page may read them')}>
        <Fields
          fields={head?.headers ?? []}
          none={head === null ? t('No answer.') : t('None that the page may read.')}
        />
      </Section>
      <NetworkSection connection={connection} />
      {end !== null && (end.by !== '' || end.reason !== null) && (
        <Section title={t('End')}>
          <Fields
            fields={[
              ...(end.by === '' ? [] : [[t('Ended by'), end.by] as const]),
              ...(end.reason === null
                ? []
                : [[t('Reason'), `${end.reason.name || end.reason.type}: ${end.reason.text}`] as const]),
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
  if (transport === 'eventsource') return t('{size} of event data', { size })
  const chunkCount = tn(chunks.length, '{n} chunk', '{n} chunks', { n: formatCount(chunks.length) })
  return t('{size} in {chunks}', { size, chunks: chunkCount })
}

function eventsText({ eventCount, framing }: Connection): string {
  const n = formatCount(eventCount)
  return framing === 'events'
    ? t('{n} (as the browser dispatched them)', { n })
    : t('{n} (the body is read as {framing})', { n, framing })
}

function statusText(status: number, text: string): string {
  return status === 0 ? t('Not known to the page') : `${status} ${text}`.trim()
}

function answerFields(head: NonNullable<Connection['head']>): readonly Field[] {
  return [
    ...(head.redirected || head.url !== ''
      ? [['URL', head.redirected ? t('{url} (redirected)', { url: head.url }) : head.url] as const]
      : []),
    ...(head.type === '' ? [] : [[t('Type'), head.type] as const]),
    ...(head.declared === '' ? [] : [[t('Counts as a stream'), head.declared] as const]),
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
      ? ` · ${t('Firefox tells pages only at the first byte')}`
      : ''
  const { firstByteAtMs, lastByteAtMs } = connection
  return [
    ...mark(t('Call'), open.atMs),
    ...mark(t('Head'), head?.atMs, headNote),
    ...mark(t('First byte'), firstByteAtMs),
    ...mark(t('First event'), connection.firstEventAtMs),
    ...mark(t('Last byte'), lastByteAtMs),
    ...mark(t('End'), connection.ending?.atMs),
    ...(firstByteAtMs === null || lastByteAtMs === null
      ? []
      : [[t('First to last byte'), formatDuration(lastByteAtMs - firstByteAtMs)] as const]),
  ]
}

/** The notes as plain sentences; one sentence for all types that are listened to. */
function noteSentences(connection: Connection): readonly string[] {
  const types = connection.notes.filter((note) => note.note === 'listens-to').map((note) => note.detail)
  const sentences = connection.notes.flatMap((note) => sentenceOf(note) ?? [])
  if (connection.transport === 'eventsource') {
    sentences.unshift(listensSentence([...new Set(types)]))
  }
  if (connection.dropped.records > 0) {
    const { records, sizeBytes } = connection.dropped
    const chunks = tn(records, '{n} chunk', '{n} chunks', { n: formatCount(records) })
    sentences.push(
      t('{chunks} ({size}) were dropped before they could be shown.', { chunks, size: formatSize(sizeBytes) }),
    )
  }
  return [...new Set([...sentences, ...(connection.frame.notes ?? []).map(documentNoteSentence)])]
}

function listensSentence(types: readonly string[]): string {
  return types.length === 0
    ? t(
        'The page listens to no events yet. Event types nobody listens to, and comments, cannot be seen with EventSource.',
      )
    : t('The page listens to: {types}. Event types nobody listens to, and comments, cannot be seen with EventSource.', {
        types: types.join(', '),
      })
}

function sentenceOf({ note, detail }: NoteRecord): string | null {
  switch (note) {
    case 'rebuilt':
      return t(
        'Page code made another Response of this body: the page may see another URL, type or status than is shown here.',
      )
    case 'held-open':
      return t(
        'The page let go of one copy of the body ({by}), but another copy, a clone or one side of a tee, keeps the connection open: the server does not notice.',
        { by: detail },
      )
    case 'unseen-consumer':
      return detail === ''
        ? t('The body went where it cannot be followed.')
        : t('The body went where it cannot be followed: {where}.', { where: detail })
    case 'read-by':
      return t('The page reads the body by {by}.', { by: detail || t('a lock of its own') })
    case 'no-text-until-end':
      return t('The response type of this XHR gives no text before the end: events show up when it is complete.')
    case 'cut':
      return detail === ''
        ? t('Something was too large to keep whole.')
        : t('Something was too large to keep whole: {what}.', { what: detail })
    case 'listens-to':
      return null
    default:
      return note satisfies never
  }
}
