import { effect } from '@preact/signals'
import { render } from 'preact'
import { applyAppearance } from '../../components/settings/apply-appearance.ts'
import { Panel } from '../../components/panel/Panel.tsx'
import { connectPanel } from '../../lib/panel-link.ts'
import type { PanelToHub } from '../../lib/protocol.ts'
import { createPanelReplayer } from '../../lib/replay-host.ts'
import type { Replayer } from '../../lib/replay/replay.ts'
import { createSession } from '../../lib/session/session.ts'
import { removeLeftovers } from '../../lib/session/store/text-storage.ts'
import type { Session } from '../../lib/session/types.ts'
import { createSettings, memoryArea, type Settings, storageArea } from '../../lib/settings.ts'
import { createCaptureControl } from '../../lib/switch-host.ts'
import { toOwnFormats } from '../../lib/turns/own-rules.ts'

declare global {
  interface Window {
    /** Only when the panel runs as a plain page: tests feed it by hand. */
    streamscopePlain?: {
      readonly apply: Session['apply']
      readonly settings: Settings
      readonly session: Session
      readonly replayer: Replayer
    }
  }
}

// As a plain page there is no hub to connect to.
const isPlain = location.hash === '#plain' || globalThis.chrome?.devtools === undefined
const settings = createSettings(isPlain ? memoryArea() : storageArea())
const ownFormats = toOwnFormats(settings.values.ownRules)
const session = createSession({
  ownFormats: () => ownFormats.peek(),
  textBound: () => settings.values.textBound.peek(),
  opened: (connection) => replayer.opened(connection),
})
let toHub: (message: PanelToHub) => void = () => {}
const replayer = createPanelReplayer(session, (message) => toHub(message))
effect(() => {
  void ownFormats.value
  session.lookForFormats()
})
effect(() => {
  void settings.values.textBound.value
  session.keepTextBound()
})
void removeLeftovers()
if (isPlain) window.streamscopePlain = { apply: session.apply, settings, session, replayer }
else toHub = connectPanel(session, (message) => replayer.hear(message))

applyAppearance(settings)

const root = document.getElementById('panel')
const show = (): void => {
  if (root !== null)
    render(
      <Panel session={session} capture={createCaptureControl(settings)} settings={settings} replayer={replayer} />,
      root,
    )
}
// Not before the settings are known, or what they say would flash up; without them a panel is still worth having.
settings.ready.then(show, show)
