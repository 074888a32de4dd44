import { effect } from '@preact/signals'
import { render } from 'preact'
import { Panel } from '../../components/panel/Panel.tsx'
import { connectPanel } from '../../lib/panel-link.ts'
import { createSession } from '../../lib/session/session.ts'
import type { Session } from '../../lib/session/types.ts'
import { createSettings, memoryArea, storageArea } from '../../lib/settings.ts'
import { createCaptureControl } from '../../lib/switch-host.ts'
import { toOwnFormats } from '../../lib/turns/own-rules.ts'

declare global {
  interface Window {
    /** Only when the panel runs as a plain page: tests feed it by hand. */
    streamscopePlain?: { readonly apply: Session['apply'] }
  }
}

// As a plain page there is no hub to connect to.
const isPlain = location.hash === '#plain' || globalThis.chrome?.devtools === undefined
const settings = createSettings(isPlain ? memoryArea() : storageArea())
const ownFormats = toOwnFormats(settings.values.ownRules)
const session = createSession({ ownFormats: () => ownFormats.peek() })
effect(() => {
  void ownFormats.value
  session.lookForFormats()
})
if (isPlain) window.streamscopePlain = { apply: session.apply }
else connectPanel(session)

const root = document.getElementById('panel')
const show = (): void => {
  if (root !== null)
    render(<Panel session={session} capture={createCaptureControl(settings)} settings={settings} />, root)
}
// Not before the settings are known, or what they say would flash up; without them a panel is still worth having.
settings.ready.then(show, show)
