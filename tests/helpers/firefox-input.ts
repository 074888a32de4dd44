/** Keys and clicks of a user in Firefox: they go through the browser's own window, to whatever has the focus there. */
import type { Firefox } from './firefox.ts'

/** WebDriver's code points for keys that are no characters. */
const CODES = {
  Control: '\uE009',
  Shift: '\uE008',
  Enter: '\uE007',
  Escape: '\uE00C',
  Backspace: '\uE003',
  End: '\uE010',
  Home: '\uE011',
  ArrowDown: '\uE015',
} as const

const toCode = (key: string): string => (Object.hasOwn(CODES, key) ? CODES[key as keyof typeof CODES] : key)

async function perform(firefox: Firefox, actions: readonly object[]): Promise<void> {
  // In the context of the window: the panel's frame has the focus in it.
  await firefox.marionette.command('Marionette:SetContext', { value: 'chrome' })
  await firefox.marionette.command('WebDriver:PerformActions', { actions: [{ type: 'key', id: 'keyboard', actions }] })
}

/** Presses the keys, one held while the next goes down: `press(firefox, 'Control', 'z')`. */
export async function press(firefox: Firefox, ...keys: readonly string[]): Promise<void> {
  const codes = keys.map(toCode)
  await perform(firefox, [
    ...codes.map((value) => ({ type: 'keyDown', value })),
    ...codes.toReversed().map((value) => ({ type: 'keyUp', value })),
  ])
}

/** Types a text, a key press for each character. */
export async function type(firefox: Firefox, text: string): Promise<void> {
  await perform(
    firefox,
    Array.from(text).flatMap((value) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ]),
  )
}

/** A click with a key held. */
export async function clickWith(firefox: Firefox, key: keyof typeof CODES, selector: string): Promise<void> {
  await perform(firefox, [{ type: 'keyDown', value: CODES[key] }])
  // Lets go of the key, too.
  await firefox.clickInPanel(selector)
}
