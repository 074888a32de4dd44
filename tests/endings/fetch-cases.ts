/** What pages do before, between, after and beside what the server does. */
import {
  aborted,
  cancelled,
  CLOSES,
  completed,
  errorEvent,
  httpError,
  lost,
  NEVER_ANSWERS,
  refused,
  rows,
  SENDS_NO_BODY,
  timedOut,
  unreachable,
  type EndingCase,
} from './ending-case.ts'

const ABORT = 'AbortController.abort'
const NO_REASON = 'AbortError'

const FOREIGN_SIGNALS = rows(
  'fetch',
  { does: 'resets the connection after three events', query: 'wait=event:3@GATE&at=event:3&do=rst' },
  'const controller = new AbortController(); ',
)(
  [
    'aborts a signal that is not the request’s own',
    `const { body } = await fetch(url); const reader = body.getReader(); controller.abort('other'); await three(reader); go(); for (;;) await reader.read()`,
    lost('mid-stream', 'TypeError'),
  ],
  [
    'aborts a Request’s signal that another one replaced',
    `const request = new Request(url, { signal: controller.signal }); const { body } = await fetch(request, { signal: new AbortController().signal }); const reader = body.getReader(); controller.abort('replaced'); await three(reader); go(); for (;;) await reader.read()`,
    lost('mid-stream', 'TypeError'),
  ],
)

const ASKS = `const headers = { accept: 'text/event-stream' }, controller = new AbortController(), { signal } = controller; `

const BEFORE_HEAD = rows('fetch', NEVER_ANSWERS, ASKS)(
  [
    'aborts before the answer',
    `fetch(url, { headers, signal }).catch(() => {}); await asked(); controller.abort('impatient')`,
    aborted('before head', `'impatient'`, ABORT),
  ],
  [
    'aborts right after the call',
    `fetch(url, { headers, signal }).catch(() => {}); controller.abort()`,
    aborted('before head', NO_REASON, ABORT),
  ],
  [
    'lets AbortSignal.timeout() run out before the answer',
    `fetch(url, { headers, signal: AbortSignal.timeout(100) }).catch(() => {})`,
    timedOut('before head', 'TimeoutError', 'AbortSignal.timeout'),
  ],
  [
    'calls with a signal that was aborted before',
    `controller.abort('too late'); fetch(url, { headers, signal }).catch(() => {})`,
    aborted('before head', `'too late'`),
    { silent: true },
  ],
  [
    'calls with a Request whose signal was aborted before',
    `controller.abort('too late'); fetch(new Request(url, { headers, signal })).catch(() => {})`,
    aborted('before head', `'too late'`),
    { silent: true },
  ],
  [
    'calls with AbortSignal.abort()',
    `fetch(url, { headers, signal: AbortSignal.abort() }).catch(() => {})`,
    aborted('before head', NO_REASON),
    { silent: true },
  ],
)

const BEFORE_BODY = rows(
  'fetch',
  SENDS_NO_BODY,
  'const controller = new AbortController(), { signal } = controller; ',
)(
  [
    'cancels the body',
    `const { body } = await fetch(url); body.cancel('not needed')`,
    cancelled('before first byte', `'not needed'`, 'body.cancel'),
  ],
  [
    'aborts while it waits for the first byte',
    `const { body } = await fetch(url, { signal }); body.getReader().read().catch(() => {}); controller.abort('stop')`,
    aborted('before first byte', `'stop'`, ABORT),
  ],
)

const AFTER_END = rows('fetch', CLOSES, 'const controller = new AbortController(), { signal } = controller; ')(
  [
    'cancels its reader after the end',
    `const { body } = await fetch(url); const reader = body.getReader(); while (!(await reader.read()).done); reader.cancel('cleanup')`,
    { ...completed, next: 'the page called reader.cancel' },
  ],
  [
    'aborts after the end',
    `const { body } = await fetch(url, { signal }); for await (const chunk of body); controller.abort('cleanup')`,
    { ...completed, next: 'the page called AbortController.abort' },
  ],
  [
    'has all that came, was not told of the end, and cancels',
    `const { body } = await fetch(url); await finished(); const reader = body.getReader(); await three(reader); reader.cancel('seen all')`,
    cancelled('mid-stream', `'seen all'`, 'reader.cancel'),
  ],
  [
    'has all that came, was not told of the end, and leaves its loop',
    `const { body } = await fetch(url); await finished(); for await (const chunk of body) if (isThird(chunk)) break`,
    cancelled('mid-stream', 'undefined', 'leaving for await'),
  ],
)

const AFTER_LENGTH = rows(
  'fetch',
  { does: 'sends three events with a Content-Length', query: 'events=3&framing=length' },
  'const { body } = await fetch(url); ',
)([
  'leaves its loop when it has all bytes',
  `await finished(); for await (const chunk of body) if (isThird(chunk)) break`,
  { ...completed, next: 'the page left its for await loop' },
])

const AFTER_TERMINAL = rows(
  'fetch',
  { does: 'sends a whole OpenAI answer, but does not close', query: 'body=openai&events=6&at=event:6&do=stall' },
  'const { body } = await fetch(url); ',
)([
  'leaves its loop at [DONE]',
  `let text = ''; for await (const chunk of body) if ((text += decode(chunk)).includes('[DONE]')) break`,
  { ...completed, next: 'the page left its for await loop' },
])
const AFTER_ERROR = rows(
  'fetch',
  {
    does: 'sends an Anthropic error, but does not close',
    query: 'body=anthropic&events=8&error=5&at=event:5&do=stall',
  },
  'const { body } = await fetch(url); ',
)([
  'throws in its loop at the error',
  `let text = ''; for await (const chunk of body) if ((text += decode(chunk)).includes('"error"')) throw new Error('overloaded')`,
  { ...errorEvent('mid-stream'), next: 'the page left its for await loop' },
])
const UNNOTICED = rows(
  'fetch',
  { does: 'resets the connection after three events', query: 'wait=event:3@GATE&at=event:3&do=rst' },
  'const controller = new AbortController(), { signal } = controller; ',
)([
  'reads nothing, and aborts after the break',
  `const { body } = await fetch(url, { signal }); go(); await finished(); controller.abort('late')`,
  aborted('before first byte', `'late'`, ABORT),
  {
    exact: {
      verdict: 'lost',
      who: 'network',
      reason: null,
      by: '',
      next: `the page called AbortController.abort: 'late'`,
    },
  },
])

const HTTP_ERRORS = [
  ...rows(
    'fetch',
    { does: 'answers 503', query: 'status=503' },
    '',
  )([
    'does not read the body, but cancels it',
    `const { body } = await fetch(url, { headers: { accept: 'text/event-stream' } }); body.cancel()`,
    { ...httpError('before first byte'), next: 'the page called body.cancel' },
  ]),
  ...rows(
    'fetch',
    { does: 'answers 500, but does not send the body', query: 'status=500&at=start&do=stall' },
    ASKS,
  )([
    'aborts, because the status is bad',
    `await fetch(url, { headers, signal }); controller.abort('bad status')`,
    { ...httpError('before first byte'), next: `the page called AbortController.abort: 'bad status'` },
  ]),
  ...rows(
    'xhr',
    { does: 'answers 500, but sends only the beginning of the body', query: 'status=500&at=byte:5&do=stall' },
    '',
  )([
    'aborts, because the status is bad',
    `const xhr = open(); xhr.send(); await state(xhr, 3); xhr.abort()`,
    { ...httpError('mid-stream'), next: 'the page called XMLHttpRequest.abort' },
  ]),
]

const FORBIDDEN = [
  ...rows(
    'fetch',
    { does: 'redirects', query: 'events=3&redirects=1' },
    '',
  )([
    'forbids redirects',
    `fetch(url, { headers: { accept: 'text/event-stream' }, redirect: 'error' }).catch(() => {})`,
    unreachable,
    { exact: { verdict: 'refused', who: 'browser' } },
  ]),
  ...rows(
    'fetch',
    CLOSES,
    '',
  )([
    'asks in mode same-origin for another origin',
    `fetch(url, { headers: { accept: 'text/event-stream' }, mode: 'same-origin' }).catch(() => {})`,
    refused('before head', 'TypeError'),
    { silent: true },
  ]),
  ...rows(
    'fetch',
    { does: 'refuses the preflight', query: 'events=3&preflight=no' },
    '',
  )([
    'sends a header that needs a preflight',
    `fetch(url, { headers: { accept: 'text/event-stream', 'x-key': '1' } }).catch(() => {})`,
    unreachable,
    { exact: { verdict: 'refused', who: 'browser' } },
  ]),
  ...rows(
    'xhr',
    { does: 'refuses the preflight', query: 'events=3&preflight=no' },
    '',
  )([
    'sends a header that needs a preflight',
    `const xhr = open(); xhr.setRequestHeader('x-key', '1'); xhr.send()`,
    { ...unreachable, reason: null },
    { exact: { verdict: 'refused', who: 'browser' } },
  ]),
]

export const FETCH_CASES: readonly EndingCase[] = [
  ...FOREIGN_SIGNALS,
  ...BEFORE_HEAD,
  ...BEFORE_BODY,
  ...AFTER_END,
  ...AFTER_LENGTH,
  ...AFTER_TERMINAL,
  ...AFTER_ERROR,
  ...UNNOTICED,
  ...HTTP_ERRORS,
  ...FORBIDDEN,
]
