/** What pages do to an XMLHttpRequest. */
import {
  cancelled,
  CLOSES,
  completed,
  FALLS_SILENT,
  NEVER_ANSWERS,
  rows,
  timedOut,
  type EndingCase,
} from './ending-case.ts'

export const XHR_CASES: readonly EndingCase[] = [
  ...rows('xhr', FALLS_SILENT, 'const xhr = open(); ')(
    ['aborts', `xhr.send(); await threeOf(xhr); xhr.abort()`, cancelled('mid-stream', null, 'XMLHttpRequest.abort')],
    [
      'opens it again',
      `xhr.send(); await threeOf(xhr); xhr.open('GET', '/')`,
      cancelled('mid-stream', null, 'XMLHttpRequest.open'),
    ],
    ['lets its timeout run out', `xhr.timeout = 400; xhr.send(); await threeOf(xhr)`, timedOut('mid-stream')],
    [
      'sets a timeout after the call, which runs out',
      `xhr.send(); await threeOf(xhr); xhr.timeout = 500`,
      timedOut('mid-stream'),
    ],
    [
      'aborts inside its progress listener',
      `xhr.onprogress = () => { if (xhr.responseText.split('\\n\\n').length > 3) xhr.abort() }; xhr.send()`,
      cancelled('mid-stream', null, 'XMLHttpRequest.abort'),
    ],
  ),
  ...rows(
    'xhr',
    NEVER_ANSWERS,
    'const xhr = open(); ',
  )(
    [
      'aborts before the answer',
      `xhr.send(); await asked(); xhr.abort()`,
      cancelled('before head', null, 'XMLHttpRequest.abort'),
    ],
    ['lets its timeout run out before the answer', `xhr.timeout = 100; xhr.send()`, timedOut('before head')],
  ),
  ...rows(
    'xhr',
    { does: 'sends half an event, then nothing more', query: 'at=in:1&do=stall' },
    'const xhr = open(); ',
  )([
    'aborts at the first bytes',
    `xhr.send(); await state(xhr, 3); xhr.abort()`,
    cancelled('mid-stream', null, 'XMLHttpRequest.abort'),
  ]),
  ...rows('xhr', CLOSES, 'const xhr = open(); ')(
    ['aborts after the end', `xhr.send(); await ended(xhr); xhr.abort()`, completed],
    ['aborts in its load listener', `xhr.onload = () => xhr.abort(); xhr.send()`, completed],
    ['reads an ArrayBuffer', `xhr.responseType = 'arraybuffer'; xhr.send(); await ended(xhr)`, completed],
  ),
]
