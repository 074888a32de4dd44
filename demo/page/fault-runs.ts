import { readByEventSource, readNamedEvents } from './event-source-runs.ts'
import { readStream } from './fetch-runs.ts'
import type { Write } from './output.ts'

export interface FaultRun {
  /** Also the button's id. */
  readonly id: string
  readonly title: string
  readonly about: string
  /** Which of the fault server's origins is asked. */
  readonly at?: 'tls' | 'refused' | 'unknown'
  /** What `/fault` shall do: demo/faults/server.ts has the words. */
  readonly query: string
  readonly read: (url: string, write: Write) => Promise<void>
}

export interface FaultGroup {
  readonly title: string
  readonly runs: readonly FaultRun[]
}

/** What a page that has lost its patience does. */
const PATIENCE_MS = 10_000
const readWithPatience: FaultRun['read'] = (url, write) => readStream(url, write, AbortSignal.timeout(PATIENCE_MS))

const fetched = (id: string, title: string, about: string, query: string): FaultRun => ({
  id: `fault-${id}`,
  title,
  about,
  query,
  read: readStream,
})

export const FAULT_GROUPS: readonly FaultGroup[] = [
  {
    title: 'It breaks',
    runs: [
      fetched('rst', 'Reset', 'TCP RST after 7 of 20 events', 'events=20&everyMs=100&at=event:7&do=rst'),
      fetched('fin', 'No last chunk', 'closed without HTTP’s own end', 'everyMs=100&at=event:7&do=fin'),
      fetched('inside', 'Cut inside an event', 'closed in order, in the middle of a block', 'everyMs=100&at=in:7'),
      fetched('character', 'Cut inside a character', 'the last byte is half of an ü', 'everyMs=100&at=char:7'),
      fetched('length', 'Content-Length too long', '100 bytes never come', 'everyMs=100&length=%2B100'),
      fetched('chunk', 'Bad chunk', 'a chunk size that is no number', 'everyMs=100&at=event:7&do=badchunk'),
      fetched('gzip', 'Broken gzip', 'bytes that no gzip has', 'everyMs=100&encoding=gzip&at=event:7&do=badcode'),
    ],
  },
  {
    title: 'It takes its time',
    runs: [
      {
        ...fetched('never', 'Never answers', 'the page waits for 10 s', 'at=head&do=stall'),
        read: readWithPatience,
      },
      {
        ...fetched(
          'stall',
          'Stalls',
          'silent after 7 events; the page waits for 10 s',
          'everyMs=100&at=event:7&do=stall',
        ),
        read: readWithPatience,
      },
      {
        ...fetched('beats', 'Only heartbeats', 'alive, but no progress', 'everyMs=100&at=event:7&do=stall&beatMs=500'),
        read: readWithPatience,
      },
      fetched('burst', 'Held back, then burst', '20 events at once after 2 s', 'events=20&everyMs=100&burst=all'),
      fetched(
        'flush',
        'gzip, never flushed',
        'the compressor keeps it all',
        'events=20&everyMs=100&encoding=gzip&flush=no',
      ),
      fetched('drip', 'Byte by byte', 'a chunk for each byte', 'events=5&drip=1&dripMs=5'),
    ],
  },
  {
    title: 'Chats that end early',
    runs: [
      fetched('done', 'No [DONE]', 'the connection ends in order', 'body=openai&everyMs=100&terminal=no&finish=none'),
      fetched('error', 'Error inside a 200', 'as the sixth event', 'body=openai&everyMs=100&error=6'),
      fetched('overloaded', 'Overloaded', 'Anthropic’s error event', 'body=anthropic&everyMs=100&error=6'),
      fetched('limit', 'Out of tokens', 'finish reason “length”', 'body=openai&everyMs=100&finish=length'),
    ],
  },
  {
    title: 'It does not begin',
    runs: [
      fetched('401', '401', 'with a JSON error', 'status=401'),
      fetched('429', '429', 'with Retry-After', 'status=429&header=Retry-After:+3'),
      fetched('503', '503', 'as an event stream', 'status=503&body=sse&events=1'),
      fetched('cors', 'CORS refuses', 'no Access-Control-Allow-Origin', 'cors=none'),
      fetched('redirects', 'Redirects for ever', 'back to itself', 'redirects=50'),
      { ...fetched('refused', 'Port refused', 'nobody listens', ''), at: 'refused' },
      { ...fetched('unknown', 'Unknown host', 'a name without an address', ''), at: 'unknown' },
    ],
  },
  {
    title: 'EventSource',
    runs: [
      {
        ...fetched('reconnects', 'Reconnects', 'reset, resumed, then 204', ''),
        query: 'events=4&everyMs=100&retry=500&attempts=rst,ok,204',
        read: readNamedEvents,
      },
      {
        ...fetched('repeats', 'Ids again', 'Last-Event-ID is ignored', ''),
        query: 'events=4&everyMs=100&retry=500&resume=restart&attempts=ok,ok,204',
        read: readNamedEvents,
      },
      { ...fetched('type', 'Wrong content type', 'text/html', 'type=text/html'), read: readByEventSource },
      { ...fetched('es-503', '503', 'which ends an EventSource', 'status=503'), read: readByEventSource },
    ],
  },
  {
    title: 'HTTP/2',
    runs: [
      { ...fetched('h2-rst', 'RST_STREAM', 'after 7 events', 'everyMs=100&at=event:7&do=rst'), at: 'tls' },
      { ...fetched('h2-goaway', 'GOAWAY', 'after 7 events', 'everyMs=100&at=event:7&do=goaway'), at: 'tls' },
    ],
  },
]

/** A tag of its own for each press: the server counts attempts by it. */
export function faultUrl({ at, query }: FaultRun): string {
  const { http = '', tls = '', refused = '', unknown = '' } = document.getElementById('faults')?.dataset ?? {}
  const origin = { http, tls, refused, unknown }[at ?? 'http']
  return `${origin}/fault?${query === '' ? '' : `${query}&`}tag=${crypto.randomUUID().slice(0, 8)}`
}
