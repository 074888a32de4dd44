import { readByEventSource, readNamedEvents } from './event-source-runs.ts'
import {
  readAsText,
  readBothBranches,
  readByAsyncIteration,
  readByFetchEventSource,
  readIntoOwnBuffers,
  readJson,
  readLines,
  readStream,
  readThroughTextDecoder,
  readWithClone,
} from './fetch-runs.ts'
import type { Write } from './output.ts'
import { readByXhr } from './xhr-run.ts'

export interface Run {
  /** Also the button's id. */
  readonly id: string
  readonly title: string
  readonly about: string
  readonly route: string
  readonly read: (url: string, write: Write) => Promise<void>
}

export interface RunGroup {
  readonly title: string
  readonly runs: readonly Run[]
}

export const RUN_GROUPS: readonly RunGroup[] = [
  {
    title: 'EventSource',
    runs: [
      {
        id: 'run-eventsource',
        title: 'EventSource',
        about: 'onmessage, closed by the page',
        route: 'sse',
        read: readByEventSource,
      },
      {
        id: 'run-named',
        title: 'Named events',
        about: 'reconnects until a 204',
        route: 'named',
        read: readNamedEvents,
      },
      {
        id: 'run-nest-sse',
        title: 'Nest @Sse()',
        about: 'by Nest’s own decorator',
        route: 'nest-sse',
        read: readByEventSource,
      },
    ],
  },
  {
    title: 'fetch',
    runs: [
      {
        id: 'run-fetch-event-source',
        title: 'fetch-event-source',
        about: 'the library, by POST',
        route: 'chat',
        read: readByFetchEventSource,
      },
      { id: 'run-for-await', title: 'for await', about: 'of response.body', route: 'sse', read: readByAsyncIteration },
      {
        id: 'run-pipe-through',
        title: 'pipeThrough',
        about: 'new TextDecoderStream()',
        route: 'sse',
        read: readThroughTextDecoder,
      },
      {
        id: 'run-byob',
        title: 'BYOB reader',
        about: 'bytes into the page’s own buffers',
        route: 'sse',
        read: readIntoOwnBuffers,
      },
      { id: 'run-tee', title: 'tee()', about: 'both branches read', route: 'sse', read: readBothBranches },
      { id: 'run-clone', title: 'clone()', about: 'answer and clone read', route: 'sse', read: readWithClone },
      { id: 'run-text', title: 'text()', about: 'all at once, at the end', route: 'sse', read: readAsText },
      { id: 'run-ndjson', title: 'NDJSON', about: 'one JSON value a line', route: 'ndjson', read: readLines },
    ],
  },
  {
    title: 'XMLHttpRequest',
    runs: [
      { id: 'run-xhr', title: 'XHR', about: 'responseText at each progress event', route: 'sse', read: readByXhr },
    ],
  },
  {
    title: 'Not as it should be',
    runs: [
      {
        id: 'run-wrong-type',
        title: 'Wrong content type',
        about: 'application/json',
        route: 'wrong-type',
        read: readStream,
      },
      { id: 'run-fails', title: 'Fails half-way', about: 'the connection breaks', route: 'fails', read: readStream },
      { id: 'run-json', title: 'Plain JSON', about: 'no stream, so not shown', route: 'json', read: readJson },
    ],
  },
]
