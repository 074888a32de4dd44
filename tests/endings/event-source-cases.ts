/** What pages do to an EventSource, and how it ends by itself. */
import {
  cancelled,
  CLOSES,
  FALLS_SILENT,
  NEVER_ANSWERS,
  reconnecting,
  refused,
  rows,
  SENDS_NO_BODY,
  type EndingCase,
} from './ending-case.ts'

const CLOSE = 'EventSource.close'
export const EVENT_SOURCE_CASES: readonly EndingCase[] = [
  ...rows(
    'eventsource',
    FALLS_SILENT,
    'const source = new EventSource(url); ',
  )(
    ['closes it', `await events(source, 3); source.close()`, cancelled('mid-stream', null, CLOSE)],
    [
      'closes it in its message handler',
      `let seen = 0; source.onmessage = () => { if (++seen === 3) source.close() }`,
      cancelled('mid-stream', null, CLOSE),
    ],
  ),
  ...rows(
    'eventsource',
    SENDS_NO_BODY,
    'const source = new EventSource(url); ',
  )(['closes it when it opens', `source.onopen = () => source.close()`, cancelled('before first byte', null, CLOSE)]),
  ...rows(
    'eventsource',
    NEVER_ANSWERS,
    'const source = new EventSource(url); ',
  )(
    ['closes it before the answer', `await asked(); source.close()`, cancelled('before head', null, CLOSE)],
    ['closes it right after the call', `source.close()`, cancelled('before head', null, CLOSE), { silent: true }],
  ),
  ...rows(
    'eventsource',
    CLOSES,
    'const source = new EventSource(url); ',
  )(
    ['closes it while it reconnects', `source.onerror = () => source.close()`, cancelled('reconnecting', null, CLOSE)],
    ['lets it reconnect', ``, reconnecting],
  ),
  ...rows(
    'eventsource',
    { does: 'is not there: nothing listens at its port', query: '', host: 'refused' },
    'const source = new EventSource(url); ',
  )(['closes it at the first error', `source.onerror = () => source.close()`, cancelled('reconnecting', null, CLOSE)]),
  ...rows(
    'eventsource',
    { does: 'sends three events and closes, then answers 204', query: 'events=3&retry=10&attempts=ok,204' },
    '',
  )([
    'lets it reconnect',
    `new EventSource(url)`,
    refused('reconnecting'),
    { exact: { verdict: 'http error', who: 'server' } },
  ]),
  ...rows(
    'eventsource',
    {
      does: 'resets the connection twice, then answers 503',
      query: 'events=9&at=event:3&retry=10&attempts=rst,rst,503',
    },
    '',
  )([
    'lets it reconnect',
    `new EventSource(url)`,
    refused('reconnecting'),
    { exact: { verdict: 'http error', who: 'server' } },
  ]),
  ...rows(
    'eventsource',
    {
      does: 'sends three events and closes, then answers with another Content-Type',
      query: 'events=3&retry=10&attempts=ok,type=text/html',
    },
    '',
  )(['lets it reconnect', `new EventSource(url)`, refused('reconnecting')]),
]
