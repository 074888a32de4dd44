/** What the request editor remembers while the panel is open, and what of it the user lets it keep. */
import { signal } from '@preact/signals'
import { createReplayEditor, type ReplayEditor } from '../../lib/replay/editor/editor.ts'
import { toForm } from '../../lib/replay/editor/from-request.ts'
import type { HeaderSet } from '../../lib/replay/editor/header-sets.ts'
import type { SiteVariables } from '../../lib/replay/editor/kept-variables.ts'
import type { Variables } from '../../lib/replay/editor/variables.ts'
import type { Replayer } from '../../lib/replay/replay.ts'
import { toReplayRequest } from '../../lib/replay/request.ts'
import type { Connection } from '../../lib/session/types.ts'
import type { Settings } from '../../lib/settings.ts'
import { siteOf } from '../../lib/site-switch.ts'

export interface ReplayDesk {
  /** The draft of a connection; made at the first call, and the same as long as there is the connection. */
  editorOf(connection: Connection): ReplayEditor
  /** Of the site of the page that the connection is from. */
  variablesOf(connection: Connection): Variables
  setVariables(connection: Connection, variables: Variables): void
  /** Whether the site's variables are stored on this device. */
  isKept(connection: Connection): boolean
  setKept(connection: Connection, isKept: boolean): void
  headerSets(): readonly HeaderSet[]
  setHeaderSets(sets: readonly HeaderSet[]): void
}

/** What replays need: what is remembered, and who sends; null where nobody can. */
export interface ReplayTools {
  readonly desk: ReplayDesk
  readonly replayer: Replayer | null
}

export function createReplayDesk({ values, set }: Settings): ReplayDesk {
  // With its connection, a draft goes, too.
  const drafts = new WeakMap<Connection, ReplayEditor>()
  const unkept = signal<SiteVariables>({})
  const siteOfPage = ({ frame }: Connection) => siteOf(frame.url) ?? ''
  const keptOf = (site: string): Variables | undefined => {
    const kept = values.replayVariables.value
    return Object.hasOwn(kept, site) ? kept[site] : undefined
  }
  const unkeptOf = (site: string): Variables =>
    (Object.hasOwn(unkept.value, site) ? unkept.value[site] : undefined) ?? {}
  const save = (kept: SiteVariables) => {
    // Refused by the browser: they hold for this panel all the same.
    set('replayVariables', kept).catch(() => {})
  }
  return {
    editorOf(connection) {
      const known = drafts.get(connection)
      if (known !== undefined) return known
      const editor = createReplayEditor(toForm(toReplayRequest(connection)))
      drafts.set(connection, editor)
      return editor
    },
    variablesOf(connection) {
      const site = siteOfPage(connection)
      return keptOf(site) ?? unkeptOf(site)
    },
    setVariables(connection, variables) {
      const site = siteOfPage(connection)
      if (keptOf(site) === undefined) unkept.value = { ...unkept.value, [site]: variables }
      else save({ ...values.replayVariables.value, [site]: variables })
    },
    isKept: (connection) => keptOf(siteOfPage(connection)) !== undefined,
    setKept(connection, isKept) {
      const site = siteOfPage(connection)
      const variables = keptOf(site) ?? unkeptOf(site)
      unkept.value = { ...unkept.value, [site]: variables }
      const { [site]: _, ...others } = values.replayVariables.value
      save(isKept ? { ...others, [site]: variables } : others)
    },
    headerSets: () => values.headerSets.value,
    setHeaderSets(sets) {
      // As for variables.
      set('headerSets', sets).catch(() => {})
    },
  }
}
