/** The table of endings in Firefox, as far as it needs nothing but a page: its verdicts are those without DevTools' own facts. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startFaultServer, type FaultServer } from '../../demo/faults/server.ts'
import { CASES, toName } from '../endings/cases.ts'
import type { EndingCase } from '../endings/ending-case.ts'
import { PAGE_WORDS } from '../endings/page-words.ts'
import { builtExtension } from '../helpers/extension.ts'
import { launchFirefox, type Firefox } from '../helpers/firefox.ts'
import { untilFits } from '../helpers/until.ts'

let faults: FaultServer
let firefox: Firefox

beforeAll(async () => {
  faults = await startFaultServer()
  firefox = await launchFirefox({ extension: builtExtension('firefox') })
  await firefox.goto(`${faults.origin}/page`)
  await firefox.openPanel()
})

afterAll(async () => {
  await firefox?.close()
  await faults?.close()
})

/** Firefox has no TaskController, tells a page of the head with the first byte, and stops loading another way. */
const isFit = ({ server, page, expected }: EndingCase): boolean =>
  'verdict' in expected &&
  page.leaves === undefined &&
  server.host === undefined &&
  !server.query.includes('at=start') &&
  !/GATE/.test(server.query) &&
  !/TaskController|window\.stop|asked\(|finished\(/.test(page.code)

interface Row {
  readonly state: string
  readonly sentence: string
}

/** The only row, once it is over. */
function endedRow(tag: string): Promise<Row | null> {
  return untilFits(
    `the end of ${tag}`,
    () =>
      firefox.inPanel((name): Row | null => {
        const all = [...document.querySelectorAll('[data-connection]')]
        const cell = (found: Element, column: string) => found.querySelector<HTMLElement>(`[data-column="${column}"]`)
        const own = all.find((each) => cell(each, 'url')?.title.endsWith(`tag=${name}`))
        const state = own === undefined ? null : cell(own, 'state')
        return state === null ? null : { state: state.textContent?.trim().toLowerCase() ?? '', sentence: state.title }
      }, tag),
    (row) => row !== null && !LIVE.has(row.state),
  )
}
const LIVE: ReadonlySet<string> = new Set(['connecting', 'waiting', 'open', 'stalled', 'unread', 'reconnecting'])

const clear = (): Promise<unknown> =>
  firefox.inPanel(() => document.querySelector<HTMLElement>('button[aria-label^="Clear"]')?.click())

test.for(CASES.filter(isFit).map((given, index) => [toName(given), given, `f${index}`] as const))(
  '%s',
  async ([, { server, page, expected }, tag]) => {
    const origin = faults.origin.replace('127.0.0.1', `${tag}.localhost`)
    const url = `${origin}/fault?${server.query}&tag=${tag}`
    const words = `const url = ${JSON.stringify(url)}, letServerGoOn = () => {}; ${PAGE_WORDS}`
    await firefox.inPage(
      (text) => document.head.append(Object.assign(document.createElement('script'), { textContent: text })),
      `(async () => { ${words}; ${page.code} })().catch(() => {})`,
    )
    const row = await endedRow(tag)
    await clear()
    expect(row?.state).toBe('verdict' in expected ? expected.verdict : '')
  },
)
