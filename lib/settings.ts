/** What the user chose, kept in the extension's own storage and the same in every panel. */
import { signal, type ReadonlySignal, type Signal } from '@preact/signals'
import { browser } from 'wxt/browser'
import { type KeptIgnored, toKeptIgnored } from './compare/kept-ignored.ts'
import { type EventsTable, toEventsTable } from './events-table.ts'
import type { OwnRule } from './formats/own-rule/own-rule.ts'
import { type LanguageChoice, toLanguageChoice } from './i18n/language-choice.ts'
import { type Layout, toLayout } from './layout.ts'
import { toJournalBytes } from './bounds.ts'
import { type Redaction, toRedaction } from './export/redaction.ts'
import { type HeaderSet, toHeaderSets } from './replay/editor/header-sets.ts'
import { type SiteVariables, toSiteVariables } from './replay/editor/kept-variables.ts'
import { type TextBound, toTextBound } from './session/store/text-bound.ts'
import { toCaptureSetting, type CaptureSetting } from './site-switch.ts'
import { toOwnRules } from './turns/own-rules.ts'
import { toTokenPrices, type TokenPrices } from './turns/prices.ts'

/** Every setting with its type. One key of the storage each, so that two panels can change two of them at once. */
export interface SettingValues {
  /** Where capture is switched off. Written by the background only, once it holds for the next load of a page. */
  readonly capture: CaptureSetting
  readonly eventsTable: EventsTable
  /** Rules for chat formats that nobody knows. */
  readonly ownRules: readonly OwnRule[]
  /** Null as long as the user gave none. */
  readonly tokenPrices: TokenPrices | null
  readonly layout: Layout
  readonly language: LanguageChoice
  readonly theme: Theme
  readonly timeFormat: TimeFormat
  readonly redaction: Redaction
  /** Named sets of headers for replays; what is in them, the user put there. */
  readonly headerSets: readonly HeaderSet[]
  /** Variables for replays, of the sites for which the user lets them be stored. */
  readonly replayVariables: SiteVariables
  /** What is left out where events are compared, where the user changed it. */
  readonly keptIgnored: KeptIgnored
  /** What each document keeps of its streams until a panel asks, in bytes. */
  readonly journalBytes: number
  /** What a panel holds of its texts. */
  readonly textBound: TextBound
}
/** `auto` is DevTools' own. */
export type Theme = 'auto' | 'light' | 'dark'
/** How moments of the wall clock are written: the local time of day, that of UTC, or ms since 1970. */
export type TimeFormat = 'local' | 'utc' | 'epoch'

export type SettingName = keyof SettingValues

/** Makes a setting of whatever lies in the storage: each falls back to its first value where that is not one. */
const READERS: { readonly [Name in SettingName]: (stored: unknown) => SettingValues[Name] } = {
  capture: toCaptureSetting,
  eventsTable: toEventsTable,
  ownRules: toOwnRules,
  tokenPrices: toTokenPrices,
  layout: toLayout,
  language: toLanguageChoice,
  theme: (stored) => oneOf(['auto', 'light', 'dark'], stored),
  timeFormat: (stored) => oneOf(['local', 'utc', 'epoch'], stored),
  redaction: toRedaction,
  headerSets: toHeaderSets,
  replayVariables: toSiteVariables,
  keptIgnored: toKeptIgnored,
  journalBytes: toJournalBytes,
  textBound: toTextBound,
}

/** The first one stands for all that is none of them. */
function oneOf<const Value extends string>(values: readonly [Value, ...Value[]], stored: unknown): Value {
  return values.find((value) => value === stored) ?? values[0]
}

/** Makes something of each setting. The names are those of READERS, which has all of them. */
function ofEach<Made>(make: (name: SettingName) => unknown): Made {
  const names = Object.keys(READERS) as SettingName[]
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Made
}

/** What a new user has. */
export const firstSettings = (): SettingValues => ofEach((name) => READERS[name](undefined))

/** All that is set at this moment. */
export const settingsNow = ({ values }: Settings): SettingValues => ofEach((name) => values[name].peek())

/** A place that keeps JSON values by name. */
export interface SettingsArea {
  load(): Promise<Readonly<Record<string, unknown>>>
  save(name: SettingName, value: unknown): Promise<void>
  /** Calls `changed` whenever anybody has saved, with undefined for what was removed. */
  onChange(changed: (name: string, value: unknown) => void): void
}

export interface Settings {
  readonly values: { readonly [Name in SettingName]: ReadonlySignal<SettingValues[Name]> }
  /** Resolves once what was stored has been read; until then the values are those of a new user. */
  readonly ready: Promise<void>
  /** Stores a value; it is in `values` at once. */
  set<Name extends SettingName>(name: Name, value: SettingValues[Name]): Promise<void>
}

export function createSettings(area: SettingsArea): Settings {
  type Signals = { readonly [Name in SettingName]: Signal<SettingValues[Name]> }
  const first = firstSettings()
  const values = ofEach<Signals>((name) => signal(first[name]))
  const isName = (name: string): name is SettingName => Object.hasOwn(values, name)
  const read = <Name extends SettingName>(name: Name, stored: unknown): void => {
    values[name].value = READERS[name](stored)
  }
  const put = (name: string, stored: unknown): void => {
    if (isName(name)) read(name, stored)
  }
  area.onChange(put)
  return {
    values,
    ready: area.load().then((stored) => {
      for (const [name, value] of Object.entries(stored)) put(name, value)
    }),
    set(name, value) {
      put(name, value)
      return area.save(name, value)
    },
  }
}

/** The extension's storage on this device. */
export function storageArea(): SettingsArea {
  return {
    load: () => browser.storage.local.get(),
    save: (name, value) => browser.storage.local.set({ [name]: value }),
    onChange(changed) {
      browser.storage.local.onChanged.addListener((changes) => {
        for (const [name, { newValue }] of Object.entries(changes)) changed(name, newValue)
      })
    },
  }
}

/** For the panel as a plain page, and for tests. */
export function memoryArea(stored: Record<string, unknown> = {}): SettingsArea {
  const listeners: ((name: string, value: unknown) => void)[] = []
  return {
    load: async () => ({ ...stored }),
    async save(name, value) {
      stored[name] = value
      for (const changed of listeners) changed(name, value)
    },
    onChange: (changed) => void listeners.push(changed),
  }
}
