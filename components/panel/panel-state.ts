/** What the user has chosen in the panel: nothing here comes from the page. */
import { createModel, signal } from '@preact/signals'
import { createCompareState } from '../compare/compare-state.ts'
import type { StateChoice } from '../connections/state-filter.ts'
import type { Place } from '../../lib/findings/finding.ts'
import type { EventsTable } from '../../lib/events-table.ts'
import { toOwnName } from '../../lib/formats/own-rule/own-format.ts'
import type { OwnRule } from '../../lib/formats/own-rule/own-rule.ts'
import type { Connection } from '../../lib/session/types.ts'
import type { Layout } from '../../lib/layout.ts'
import { createSettings, memoryArea, type Settings } from '../../lib/settings.ts'
import type { Span } from '../../lib/timeline/span.ts'
import type { TokenPrices } from '../../lib/turns/prices.ts'
import { msg } from '../../lib/i18n/translate.ts'

export const TABS = [
  msg('Message'),
  msg('Events'),
  msg('Timeline'),
  msg('Findings'),
  msg('Request'),
  msg('Response'),
  msg('Raw'),
  msg('Replay'),
] as const
export type TabName = (typeof TABS)[number]

/** An entry that is to be shown in the Events tab. */
export interface Jump {
  /** Of the connection. */
  readonly key: string
  /** Index in its entries. */
  readonly entry: number
}

/** Entries that brought a text which was selected in the Message tab. */
export interface Brought {
  /** Of the connection. */
  readonly key: string
  /** Index of the first, and of the last. */
  readonly from: number
  readonly to: number
}

/** A chunk or a header that is to be shown. */
export interface Target {
  /** Of the connection. */
  readonly key: string
  readonly place: Place
}

/** What the dialog for rules begins with. */
export interface RuleStart {
  /** The event that a rule is made from; empty for none. */
  readonly json: string
  /** Keys and indexes that lead to a value in it that was pointed at. */
  readonly steps: Steps | null
  /** The rule by which the event is read already. */
  readonly rule: OwnRule | null
}
type Steps = readonly (string | number)[]

/** `settings`: where to keep what is to be remembered. */
export const createPanelState = createModel((settings: Settings = createSettings(memoryArea())) => {
  const filterText = signal('')
  const selectedKey = signal<string | null>(null)
  const detailsClosed = signal(false)
  const tab = signal<TabName>('Message')
  const jump = signal<Jump | null>(null)
  const messageEntry = signal<Jump | null>(null)
  const span = signal<Span | null>(null)
  const target = signal<Target | null>(null)
  const closedGroups = signal<ReadonlySet<string>>(new Set())
  const rulesFor = signal<RuleStart | null>(null)
  const stateChoice = signal<StateChoice>('all')

  function setLayout(changed: Partial<Layout>): void {
    // Refused by the browser: it holds for this panel all the same.
    settings.set('layout', { ...settings.values.layout.value, ...changed }).catch(() => {})
  }

  const compare = new createCompareState(settings)

  function select(key: string): void {
    compare.clear()
    selectedKey.value = key
    detailsClosed.value = false
  }

  function showReplay(key: string): void {
    select(key)
    tab.value = 'Message'
  }

  function jumpTo(to: Jump): void {
    select(to.key)
    jump.value = to
    tab.value = 'Events'
  }

  return {
    filterText,
    stateChoice,
    /** The connection the user (or the first arrival) chose. */
    selectedKey,
    /** The user closed the details: they stay closed until a row is chosen. */
    detailsClosed,
    /** `Message` stands for `Events` where a connection has no message. */
    tab,
    /** Asked for by `showInMessage`; the Message tab sets it back to null. */
    messageEntry,
    /** Message tab. */
    messageHeat: signal(false),
    messageMarkdown: signal(false),
    ownRules: settings.values.ownRules,
    setOwnRules(rules: readonly OwnRule[]) {
      // Refused by the browser: they hold for this panel all the same.
      settings.set('ownRules', rules).catch(() => {})
    },
    tokenPrices: settings.values.tokenPrices,
    setTokenPrices(prices: TokenPrices | null) {
      // As for rules.
      settings.set('tokenPrices', prices).catch(() => {})
    },
    /** The dialog for rules is open. */
    rulesFor,
    /** Opens the dialog for rules with an event, and the value in it to which `steps` lead. */
    makeRule({ format }: Connection, json: string, steps: Steps | null = null) {
      const rule = settings.values.ownRules.value.find(({ name }) => toOwnName(name) === format?.name) ?? null
      rulesFor.value = { json, steps, rule }
    },
    /** Asked for by `jumpTo`; the Events tab sets it back to null. */
    jump,
    /** Marked in the Events tab. */
    brought: signal<Brought | null>(null),
    /** Asked for by `goTo`; the tab that shows it sets it back to null. */
    target,
    /** The stretch of time to which list and events are limited, on the wall clock (`frame.timeOriginMs + atMs`); null: all. */
    span,
    layout: settings.values.layout,
    /** Groups of the list of which only the head is shown, by key. */
    closedGroups,
    toggleGroup(key: string) {
      const others = new Set(closedGroups.value)
      if (!others.delete(key)) others.add(key)
      closedGroups.value = others
    },
    overviewShare: signal(0.2),
    /** Events tab: what its filter says. One for all connections. */
    eventsFilter: signal(''),
    /** Events tab: what to find; null while that is closed. */
    findText: signal<string | null>(null),
    /** Search in all connections: whether it is open, and what for. */
    searchOpen: signal(false),
    searchText: signal(''),
    /** The dialog for settings is open. */
    settingsOpen: signal(false),
    redaction: settings.values.redaction,
    eventsTable: settings.values.eventsTable,
    setEventsTable(table: EventsTable) {
      // Refused by the browser: it holds for this panel all the same.
      settings.set('eventsTable', table).catch(() => {})
    },
    /** Events tab: leave out comments, retry fields, blocks without data and tails. */
    eventsOnly: signal(false),
    /** Raw tab. */
    showChunkBorders: signal(true),
    showLineEnds: signal(false),
    /** Share of the first pane, 0 to 1. */
    listShare: signal(0.5),
    eventsShare: signal(0.5),
    setLayout,
    select,
    /** Several connections that are selected, and their comparison. */
    compare,
    /** Makes a connection the current one, and leaves what is selected for a comparison. */
    moveTo(key: string) {
      if (!detailsClosed.value) selectedKey.value = key
    },
    /** Opens an entry in the Events tab. */
    jumpTo,
    /** Shows what a replay brought, and not its editor. */
    showReplay,
    /** Marks the text that an entry brought in the Message tab. */
    showInMessage(of: Jump) {
      select(of.key)
      messageEntry.value = of
      tab.value = 'Message'
    },
    /** Opens the tab that shows a place of connection `key`, there. */
    goTo(key: string, place: Place) {
      switch (place.at) {
        case 'event':
          return jumpTo({ key, entry: place.index })
        case 'connection':
          return select(place.key)
        case 'chunk':
        case 'request header':
        case 'response header':
          select(key)
          target.value = { key, place }
          tab.value = place.at === 'chunk' ? 'Raw' : place.at === 'request header' ? 'Request' : 'Response'
          return
        default:
          place satisfies never
      }
    },
    toggleOverview(isShown: boolean) {
      setLayout({ overview: isShown ? 'hidden' : 'shown' })
      // A span that nobody sees would hide rows for no reason to be seen.
      if (isShown) span.value = null
    },
    closeDetails() {
      selectedKey.value = null
      detailsClosed.value = true
    },
    clearFilter() {
      filterText.value = ''
      stateChoice.value = 'all'
    },
  }
})

export type PanelState = InstanceType<typeof createPanelState>
