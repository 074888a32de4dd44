/** The demo's tour: presses each of its buttons, then prints the connections that the panel shows. */

import { mkdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Frame, Page } from 'playwright-core'
import type { DevToolsPanel } from '../tests/helpers/chromium.ts'
import { ROOT_DIR } from '../tests/helpers/extension.ts'
import { until } from '../tests/helpers/until.ts'

/** The slowest stream of the demo speaks for some seconds. */
const RUN_TIMEOUT_MS = 60_000
const SETTLE_TIMEOUT_MS = 10_000

/** The other faults take long, or look like one of these. */
const TOURED_FAULTS = ['fault-rst', 'fault-error', 'fault-cors']

/** Table columns and the panel's `data-column` names of their cells. */
const COLUMNS = [
  ['Method', 'method'],
  ['URL', 'url'],
  ['Transport', 'transport'],
  ['Status', 'status'],
  ['Events', 'events'],
  ['Bytes', 'bytes'],
  ['Duration', 'duration'],
  ['Ending', 'state'],
] as const
const RIGHT_ALIGNED: ReadonlySet<string> = new Set(['status', 'events', 'bytes', 'duration'])
const LIVE_STATES = ['connecting', 'waiting', 'open', 'reconnecting', 'stalled', 'unread']

type Row = Readonly<Record<string, string>>

/**
 * Runs the demo's streams and some of its faults, and prints the panel's table; writes a picture of the panel into artifacts/.
 *
 * @throws Error if a stream does not end in time, or the panel shows no connection
 */
export async function takeTour(page: Page, devTools: DevToolsPanel): Promise<void> {
  const outputs = page.locator('output[data-for]')
  const ids = await outputs.evaluateAll((all) => all.map((output) => output.dataset['for'] ?? ''))
  await page.locator('#faults > summary').click()
  for (const id of ids) {
    if (id.startsWith('fault-') && !TOURED_FAULTS.includes(id)) continue
    process.stdout.write(`  ${id} `)
    await page.locator(`#${id}`).click()
    process.stdout.write(`${await endOf(page, id)}\n`)
  }
  const rows = await settledRows(devTools.panel)
  console.log(`\n${toTable(rows)}\n`)

  const file = join(ROOT_DIR, 'artifacts', 'tour.png')
  mkdirSync(join(ROOT_DIR, 'artifacts'), { recursive: true })
  await devTools.panel.locator('[data-connection]').first().click()
  await devTools.screenshot(file)
  console.log(`The panel's picture: ${relative(process.cwd(), file)}`)
}

/** Each run writes `[end: …]` last. */
async function endOf(page: Page, id: string): Promise<string> {
  const output = page.locator(`output[data-for="${id}"]`)
  return until(
    `the end of ${id}`,
    async () => /\[end: .*\]/.exec((await output.textContent()) ?? '')?.[0],
    RUN_TIMEOUT_MS,
  )
}

/** The panel's rows once none is live any more; as they are if one stays so. */
async function settledRows(panel: Frame): Promise<Row[]> {
  const isSettled = (rows: readonly Row[]) =>
    rows.length > 0 && !rows.some((row) => LIVE_STATES.includes(row['state'] ?? ''))
  let rows: Row[] = []
  await until(
    'connections in the panel to end',
    async () => {
      rows = await readRows(panel)
      return isSettled(rows)
    },
    SETTLE_TIMEOUT_MS,
  ).catch((error: unknown) => {
    if (rows.length === 0) throw error
  })
  return rows
}

function readRows(panel: Frame): Promise<Row[]> {
  return panel.locator('[data-connection]').evaluateAll((rows) =>
    rows.map((row) => {
      const cells = [...row.querySelectorAll<HTMLElement>('[data-column]')]
      // The URL's cell shows a part of it and has the whole in its title.
      const textOf = (cell: HTMLElement) => (cell.dataset['column'] === 'url' && cell.title) || cell.innerText
      return Object.fromEntries(cells.map((cell) => [cell.dataset['column'] ?? '', textOf(cell).trim()]))
    }),
  )
}

function toTable(rows: readonly Row[]): string {
  const lines = [COLUMNS.map(([title]) => title), ...rows.map((row) => COLUMNS.map(([, name]) => row[name] ?? ''))]
  const widths = COLUMNS.map((_, index) => Math.max(...lines.map((line) => (line[index] ?? '').length)))
  const align = (text: string, index: number) => {
    const width = widths[index] ?? 0
    return RIGHT_ALIGNED.has(COLUMNS[index]?.[1] ?? '') ? text.padStart(width) : text.padEnd(width)
  }
  return lines.map((line) => line.map(align).join('  ').trimEnd()).join('\n')
}
