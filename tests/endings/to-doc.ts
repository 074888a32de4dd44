/** Makes docs/endings.md of the table. */
import type { Verdict } from '../../lib/session/types.ts'
import { CASES } from './cases.ts'
import type { EndingCase, Expected } from './ending-case.ts'

const TRANSPORTS = { fetch: '`fetch`', xhr: '`XMLHttpRequest`', eventsource: '`EventSource`' } as const

const SECTIONS: readonly (readonly [verdict: Verdict, meaning: string])[] = [
  [
    'completed',
    'The server closed the stream, and nothing is missing: the last event is whole, and where the format has a last word (`[DONE]`, `message_stop` …) it came. A page that lets go after that ends nothing any more.',
  ],
  [
    'incomplete',
    'The server closed the stream in order, but something is missing: the text stops inside a block or a line, the format’s last word did not come, or there are fewer bytes than Content-Length told. The tail, or what was expected, is shown.',
  ],
  [
    'cancelled',
    'The page stopped reading. The call is named, with its reason and its stack; a cancel that went through pipes is traced to the call that began it. The browser stops loading for its Stop button and for `window.stop()`: who did it is then the browser.',
  ],
  [
    'aborted',
    'The request’s own AbortSignal fired, be it given to a Request, part of `AbortSignal.any()`, or aborted before the call. The reason is shown whatever its type; properties behind getters are not looked at.',
  ],
  [
    'timed out',
    'A limit of the page’s own ran out: `AbortSignal.timeout()` or `xhr.timeout`. An `abort()` that the page calls with a TimeoutError is an abort.',
  ],
  [
    'http error',
    'The answer’s status was 400 or more, whatever the page did with the body. An EventSource ends on any status but 200, and 204 is how a server tells it to stop; its page is not told the status, so that only DevTools can say it.',
  ],
  [
    'refused',
    'The browser’s rules forbade it: CORS, a redirect, a Content-Type that is no event stream for an EventSource. A page is not told which, nor that it was no network failure: without DevTools it is called unreachable, unless the request itself says enough.',
  ],
  ['unreachable', 'It failed before a head came. DevTools tells the browser’s name for the failure.'],
  [
    'lost',
    'The connection broke after the head had come. Events and bytes so far are counted; DevTools tells the browser’s name for the failure, also where the page was not reading and aborted later.',
  ],
  [
    'error event',
    'The stream itself carried an error and ended, with status 200: the error of a known format, an event of type `error`, or a last JSON object with an `error`.',
  ],
  [
    'page gone',
    'The document went away: navigation, reload, closed tab, removed frame, back/forward cache. The browser breaks a page’s connections when it leaves, and tells the page of some as errors: these are effects, and judged as such.',
  ],
]

const INTRO = `# Endings

How Streamscope says why a connection ended. Made from the table in \`tests/endings\`, which \`tests/e2e/endings.test.ts\` runs
row by row in real Chromium with real DevTools; \`node scripts/endings-doc.ts\` writes it again.

- The evidence decides, never an error's message: which call the page made, its signal, the status, the last bytes, and in
  Chromium what DevTools knows of the exchange. It is all listed with the ending, the first cause first.
- Of two causes at once the first one wins, and the other is evidence.
- **Who** ended it is the server, the page, the network or the browser. **When** is how far it had come: before the head, before
  the first byte, mid-stream, at its end, or (EventSource) between two attempts.
- DevTools tells what it knows a moment after the end, in Chromium only. Where the verdict becomes more exact by that, the
  table says what it is without.
`

export function toDoc(): string {
  const sections = SECTIONS.map(([verdict, meaning]) => toSection(verdict, meaning))
  return [INTRO, ...sections, toLiving()].join('\n')
}

function toSection(verdict: Verdict, meaning: string): string {
  const rows = CASES.flatMap((given) => (isOf(given, verdict) ? [toRow(given, toExact(given))] : []))
  const title = `${verdict.slice(0, 1).toUpperCase()}${verdict.slice(1)}`
  return `## ${title}\n\n${meaning}\n\n${toTable(['By', 'The server …', 'The page …', 'When', 'Shown'], merge(rows))}`
}

function toLiving(): string {
  const rows = CASES.filter(({ expected }) => 'alive' in expected).map((given) => toWords(given))
  const meaning =
    'An EventSource whose connection ends or breaks tries again, so that this is no ending: it is shown as reconnecting.'
  return `## Not over: reconnecting\n\n${meaning}\n\n${toTable(['By', 'The server …', 'The page …'], merge(rows))}`
}

const isOf = (given: EndingCase, verdict: Verdict): boolean => toExact(given)?.verdict === verdict

function toExact({ expected, exact }: EndingCase): Expected | null {
  return 'alive' in expected ? null : { ...expected, ...exact }
}

const toWords = ({ transport, server, page }: EndingCase): string[] => [TRANSPORTS[transport], server.does, page.does]

function toRow(given: EndingCase, exact: Expected | null): string[] {
  if (exact === null) return toWords(given)
  return [...toWords(given), exact.phase, toShown(given, exact)]
}

function toShown({ expected }: EndingCase, exact: Expected): string {
  const who = exact.verdict === 'cancelled' && exact.who === 'browser' ? 'the browser' : ''
  const then = exact.next === undefined ? '' : `then: ${exact.next}`
  const without =
    'verdict' in expected && expected.verdict !== exact.verdict ? `without DevTools: ${expected.verdict}` : ''
  return [who, exact.by, toReason(exact.reason), then, without].filter((part) => part !== '').join('; ')
}

const toReason = (reason: string | null): string => (reason === null || reason === 'undefined' ? '' : reason)

/** One row for all transports that come out the same. */
function merge(rows: readonly (readonly string[])[]): string[][] {
  const merged = new Map<string, string[]>()
  for (const [by = '', ...rest] of rows) {
    const key = JSON.stringify(rest)
    merged.set(key, [...(merged.get(key) ?? []), by])
  }
  return [...merged].map(([key, by]) => [by.join(', '), ...(JSON.parse(key) as string[])])
}

/** As oxfmt sets tables: columns as wide as their widest cell. */
function toTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)))
  const lines = cells.map(
    (row) => `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`,
  )
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return `${[lines[0], rule, ...lines.slice(1)].join('\n')}\n`
}
