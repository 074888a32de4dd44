/** Works the panel's capture switch as a user does. */
import type { Frame } from 'playwright-core'

/** Chooses an option of the switch by how its name begins, and waits until the panel says that it holds. */
export async function switchCapture(panel: Frame, option: 'On' | 'Off for' | 'Off everywhere'): Promise<void> {
  await panel.getByRole('button', { name: /^Capture/ }).click()
  const choice = panel.getByRole('dialog', { name: 'Capture' }).getByRole('radio', { name: new RegExp(`^${option}`) })
  await choice.check()
  await panel.getByRole('dialog', { name: 'Capture' }).press('Escape')
}
