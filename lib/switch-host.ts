/** Carries out the switch: in the background, which alone registers scripts, and from the panel, which asks it to. */
import { browser } from 'wxt/browser'
import {
  siteOf,
  toCaptureSetting,
  toMatchPatterns,
  withChoice,
  type CaptureControl,
  type CaptureSetting,
} from './site-switch.ts'
import { storageArea, type Settings } from './settings.ts'

/** Id of the registered script, and its file in the build. */
const SCRIPT_ID = 'off'
const SCRIPT_FILE = 'content-scripts/off.js'

/** Panel → background. */
interface SwitchMessage {
  readonly k: 'switch-capture'
  readonly setting: CaptureSetting
}

/** In the background: makes the browser do what is stored, and what panels ask for. */
export function hostCaptureSwitch(): void {
  const area = storageArea()
  let done: Promise<unknown> = area.load().then(({ capture }) => register(toCaptureSetting(capture)))
  browser.runtime.onMessage.addListener((message: unknown, _sender, respond: (error: string) => void) => {
    const { k, setting } = message as Partial<SwitchMessage>
    if (k !== 'switch-capture') return
    const wanted = toCaptureSetting(setting)
    // One after another, whatever came of the one before. Stored last: what panels show holds already.
    done = done
      .catch(() => {})
      .then(async () => {
        await register(wanted)
        await area.save('capture', wanted)
      })
    done.then(
      () => respond(''),
      (error: unknown) => respond(String(error)),
    )
    return true
  })
}

async function register(setting: CaptureSetting): Promise<void> {
  const { scripting } = browser
  const filter = { ids: [SCRIPT_ID] }
  const registered = await scripting.getRegisteredContentScripts(filter)
  const matches = toMatchPatterns(setting)
  if (registered.length > 0) await scripting.unregisterContentScripts(filter)
  if (matches.length === 0) return
  await scripting.registerContentScripts([
    {
      id: SCRIPT_ID,
      js: [SCRIPT_FILE],
      matches,
      runAt: 'document_start',
      allFrames: true,
      matchOriginAsFallback: true,
      persistAcrossSessions: true,
    },
  ])
}

/** In the panel: the switch of the inspected page. */
export function createCaptureControl(settings: Settings): CaptureControl {
  const change = async (setting: CaptureSetting): Promise<void> => {
    const message: SwitchMessage = { k: 'switch-capture', setting }
    const error: unknown = await browser.runtime.sendMessage(message)
    if (error !== '') throw new Error(String(error))
  }
  return {
    setting: settings.values.capture,
    change,
    async choose(choice, url) {
      await settings.ready
      await change(withChoice(settings.values.capture.value, choice, siteOf(url)))
    },
    reloadPage: () => browser.devtools.inspectedWindow.reload(),
  }
}
