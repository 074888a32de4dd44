/** Works the request editor as a user does. */
import type { Frame } from 'playwright-core'
import { choose, openTab, readConnections, type ShownConnection } from './panel-view.ts'
import { until } from './until.ts'

/** Opens the editor of a connection. */
export async function openEditor(panel: Frame, connection: ShownConnection): Promise<void> {
  await choose(panel, connection)
  await openTab(panel, 'Replay')
  await panel.locator('.replay-view').waitFor()
}

/** Puts lines of `Name: value` in the place of all headers. */
export async function setHeaders(panel: Frame, ...lines: readonly string[]): Promise<void> {
  const asText = panel.getByRole('button', { name: 'As text' })
  if ((await asText.getAttribute('aria-pressed')) !== 'true') await asText.click()
  await panel.getByRole('textbox', { name: /^Headers as text/ }).fill(lines.join('\n'))
  await asText.click()
}

/** Of a text field by its label. */
export async function setField(panel: Frame, label: string, value: string): Promise<void> {
  await panel.getByLabel(label, { exact: true }).fill(value)
}

export async function setWay(panel: Frame, way: 'page' | 'extension'): Promise<void> {
  await panel.getByRole('combobox', { name: 'From where' }).selectOption(way)
}

/** Sends, and gives the rows that are new in the list once there are `count` of them. */
export async function send(panel: Frame, count = 1): Promise<ShownConnection[]> {
  const before = new Set((await readConnections(panel)).map(({ key }) => key))
  await panel.locator('.send-button').click()
  const added = async () => (await readConnections(panel)).filter(({ key }) => !before.has(key))
  return until(`${count} runs in the list`, async () => {
    const rows = await added()
    return rows.length >= count ? rows : null
  })
}

/** The row of a connection as it is now, once `enough` says so. */
export function rowOf(
  panel: Frame,
  { key }: ShownConnection,
  enough: (row: ShownConnection) => boolean,
): Promise<ShownConnection> {
  return until(`the connection ${key} to be as expected`, async () => {
    const row = (await readConnections(panel)).find((one) => one.key === key)
    if (row !== undefined && !enough(row)) throw new Error(`so far: ${JSON.stringify(row)}`)
    return row ?? null
  })
}
