/** What the user has chosen in the panel: nothing here comes from the page. */
import { createModel, signal } from '@preact/signals'

export const TABS = ['Events', 'Request', 'Response', 'Raw'] as const
export type TabName = (typeof TABS)[number]

export const createPanelState = createModel(() => {
  const filterText = signal('')
  const selectedKey = signal<string | null>(null)
  const detailsClosed = signal(false)
  return {
    filterText,
    /** The connection the user (or the first arrival) chose. */
    selectedKey,
    /** The user closed the details: they stay closed until a row is chosen. */
    detailsClosed,
    tab: signal<TabName>('Events'),
    /** Events tab: leave out comments, retry fields, blocks without data and tails. */
    eventsOnly: signal(false),
    /** Raw tab. */
    showChunkBorders: signal(true),
    showLineEnds: signal(false),
    /** Share of the first pane, 0 to 1. */
    listShare: signal(0.5),
    eventsShare: signal(0.5),
    select(key: string) {
      selectedKey.value = key
      detailsClosed.value = false
    },
    closeDetails() {
      selectedKey.value = null
      detailsClosed.value = true
    },
    clearFilter() {
      filterText.value = ''
    },
  }
})

export type PanelState = InstanceType<typeof createPanelState>
