import { render } from 'preact'
import { Panel } from '../../components/panel/Panel.tsx'
import { connectPanel } from '../../lib/panel-link.ts'
import { createSession } from '../../lib/session/session.ts'
import type { Session } from '../../lib/session/types.ts'

declare global {
  interface Window {
    /** Only when the panel runs as a plain page: tests feed it by hand. */
    streamscopePlain?: { readonly apply: Session['apply'] }
  }
}

const session = createSession()
// As a plain page there is no hub to connect to.
if (location.hash === '#plain' || globalThis.chrome?.devtools === undefined) {
  window.streamscopePlain = { apply: session.apply }
} else {
  connectPanel(session)
}

const root = document.getElementById('panel')
if (root !== null) render(<Panel session={session} />, root)
