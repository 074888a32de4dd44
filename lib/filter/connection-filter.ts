/** The filter over the list of connections. */
import { LIVE_STATES } from '../session/live-state.ts'
import type { Connection, Verdict } from '../session/types.ts'
import type { Condition, Filter, Grammar } from './filter.ts'
import { isWithin } from './numbers.ts'
import { toTextTest } from './text-test.ts'
import { headerOf } from '../headers.ts'
import { msg } from '../i18n/translate.ts'

const VERDICTS = {
  completed: 1,
  incomplete: 1,
  cancelled: 1,
  aborted: 1,
  'timed out': 1,
  'http error': 1,
  refused: 1,
  unreachable: 1,
  lost: 1,
  'error event': 1,
  'page gone': 1,
} satisfies Record<Verdict, 1>

export const CONNECTION_GRAMMAR: Grammar = {
  hasPaths: false,
  keys: [
    { name: 'host', takes: 'text', hint: msg('host of the URL') },
    { name: 'url', takes: 'text', hint: msg('text in the URL') },
    { name: 'method', takes: 'text', hint: msg('GET, POST …') },
    { name: 'status', takes: 'count', hint: msg('200, 4xx, >=400') },
    { name: 'transport', takes: ['fetch', 'eventsource', 'xhr'], hint: msg('how the page asked') },
    { name: 'state', takes: [...LIVE_STATES, ...Object.keys(VERDICTS)], hint: msg('open, stalled, lost …') },
    { name: 'ending', takes: Object.keys(VERDICTS), hint: msg('completed, aborted …') },
    { name: 'frame', takes: 'text', hint: msg('URL of the frame') },
    { name: 'type', takes: 'text', hint: msg('content type') },
    { name: 'format', takes: 'text', hint: msg('chat format') },
    { name: 'events', takes: 'count', hint: msg('how many events, >100') },
    { name: 'size', takes: 'size', hint: msg('bytes of the body, >1M') },
    { name: 'duration', takes: 'time', hint: msg('from the call to the end, >10s') },
    { name: 'is', takes: ['live', 'ended'], hint: msg('live or ended') },
  ],
}

export type ConnectionTest = (connection: Connection) => boolean

export function createConnectionTest({ terms }: Filter): ConnectionTest {
  const tests = terms.map(({ isNot, condition }) => ({ isNot, holds: toTest(condition) }))
  return (connection) => tests.every(({ isNot, holds }) => holds(connection) !== isNot)
}

function toTest(condition: Condition): ConnectionTest {
  switch (condition.kind) {
    case 'text': {
      const test = toTextTest(condition.match)
      return (connection) => freeTexts(connection).some(test)
    }
    case 'field': {
      const test = toTextTest(condition.match)
      return (connection) => test(fieldOf(condition.key, connection))
    }
    case 'number':
      return (connection) => isWithin(numberOf(condition.key, connection), condition.range)
    case 'choice':
      return (connection) => condition.words.includes(wordOf(condition.key, connection))
    case 'path':
    case 'has path':
      // The grammar has none.
      return () => false
    default:
      return condition satisfies never
  }
}

function freeTexts({ open, head, state, transport }: Connection): readonly string[] {
  return [open.method, open.url, head === null ? '' : `${head.status} ${head.statusText}`, state, transport]
}

function fieldOf(key: string, connection: Connection): string {
  const { open, head, frame, format } = connection
  switch (key) {
    case 'host':
      return URL.parse(open.url)?.host ?? ''
    case 'method':
      return open.method
    case 'frame':
      return frame.url
    case 'type':
      return headerOf(head?.headers ?? [], 'content-type') ?? ''
    case 'format':
      return format === null ? '' : `${format.name} ${format.label}`
    default:
      return open.url
  }
}

/** NaN where there is none, which is in no range. */
function numberOf(key: string, { open, head, ending, eventCount, sizeBytes }: Connection): number {
  switch (key) {
    case 'status':
      return head?.status ?? NaN
    case 'events':
      return eventCount
    case 'duration':
      return ending === null ? NaN : ending.atMs - open.atMs
    default:
      return sizeBytes
  }
}

function wordOf(key: string, { transport, state, ending, alive }: Connection): string {
  switch (key) {
    case 'transport':
      return transport
    case 'ending':
      return ending?.verdict ?? ''
    case 'is':
      return alive ? 'live' : 'ended'
    default:
      return state
  }
}
