/** Pages that go away, or whose loading is stopped. */
import { cancelled, FALLS_SILENT, lost, pageGone, refused, rows, type EndingCase } from './ending-case.ts'

const STOPPED: readonly EndingCase[] = [
  ...rows(
    'fetch',
    FALLS_SILENT,
    '',
  )([
    'stops loading by window.stop()',
    `const { body } = await fetch(url); const reader = body.getReader(); await three(reader); reader.read().catch(() => {}); window.stop()`,
    lost('mid-stream', 'TypeError'),
    { exact: { verdict: 'cancelled', who: 'browser' } },
  ]),
  ...rows(
    'xhr',
    FALLS_SILENT,
    '',
  )([
    'stops loading by window.stop()',
    `const xhr = open(); xhr.send(); await threeOf(xhr); window.stop()`,
    { ...cancelled('mid-stream'), who: 'browser' },
  ]),
  ...rows(
    'eventsource',
    FALLS_SILENT,
    '',
  )([
    'stops loading by window.stop()',
    `await events(new EventSource(url), 3); window.stop()`,
    refused('mid-stream'),
    { exact: { verdict: 'cancelled', who: 'browser' } },
  ]),
]

const READS = {
  fetch: `const { body } = await fetch(url); const reader = body.getReader(); await three(reader); reader.read().catch(() => {})`,
  xhr: `const xhr = open(); xhr.send(); await threeOf(xhr)`,
  eventsource: `await events(new EventSource(url), 3)`,
} as const
const LEAVES = [
  ['is navigated', 'navigate frame'],
  ['is reloaded', 'reload frame'],
  ['is removed', 'remove frame'],
] as const

const GONE: readonly EndingCase[] = LEAVES.flatMap(([does, leaves]) =>
  (['fetch', 'xhr', 'eventsource'] as const).map((transport) => ({
    transport,
    server: FALLS_SILENT,
    page: { does: `reads in a frame, which ${does}`, code: READS[transport], leaves },
    expected: pageGone('mid-stream'),
  })),
)

export const LEAVING_CASES: readonly EndingCase[] = [...STOPPED, ...GONE]
