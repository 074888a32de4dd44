/** Which connections are marked to be compared, and how the comparison is looked at. */
import { createModel, signal } from '@preact/signals'
import { type Alignment } from '../../lib/compare/alignment.ts'
import type { PairBy } from '../../lib/compare/event-diff.ts'
import { DEFAULT_IGNORED } from '../../lib/compare/ignored.ts'
import { type KeptIgnored, keptOf, kindOf, withKept } from '../../lib/compare/kept-ignored.ts'
import { msg } from '../../lib/i18n/translate.ts'
import type { Connection } from '../../lib/session/types.ts'
import type { Settings } from '../../lib/settings.ts'

/** Messages. */
export const COMPARE_TABS = [
  msg('Figures'),
  msg('Timeline'),
  msg('Events'),
  msg('Message'),
  msg('Request'),
  msg('Runs'),
] as const
export type CompareTab = (typeof COMPARE_TABS)[number]

/** From so many on there is something to compare. */
export const LEAST_COMPARED = 2

/** `settings`: where is kept what is ignored. */
export const createCompareState = createModel((settings: Settings) => {
  const marked = signal<ReadonlySet<string>>(new Set())
  const isOpen = signal(false)
  const baseKey = signal<string | null>(null)
  /** What was typed in this panel: the storage may still be telling of the letters before. */
  const typedIgnored = signal<KeptIgnored>({})

  function mark(keys: Iterable<string>): void {
    marked.value = new Set(keys)
    if (marked.value.size < LEAST_COMPARED) isOpen.value = false
  }

  return {
    /** Keys of connections. */
    marked,
    /** The comparison stands in the place of the details. */
    isOpen,
    /** The one that the others are compared with; null, or one that is not marked: the oldest. */
    baseKey,
    /** Of the others, the one whose contents are compared with it; null: the first. */
    otherKey: signal<string | null>(null),
    tab: signal<CompareTab>('Figures'),
    alignment: signal<Alignment>('start'),
    pairBy: signal<PairBy>('order'),
    /** Events: show only what is not the same. */
    onlyChanges: signal(false),
    typedIgnored,
    keptIgnored: settings.values.keptIgnored,
    /** Keeps it for all streams of this one's kind. */
    setIgnored(base: Connection, text: string) {
      const kind = kindOf(base)
      typedIgnored.value = { ...typedIgnored.value, [kind]: text }
      // Refused by the browser: it holds for this panel all the same.
      settings.set('keptIgnored', withKept(settings.values.keptIgnored.value, kind, text)).catch(() => {})
    },
    mark,
    /** Marks or unmarks; `selectedKey` is marked with the first. */
    toggle(key: string, selectedKey: string | null) {
      const next = new Set(marked.value)
      if (next.size === 0 && selectedKey !== null && selectedKey !== key) next.add(selectedKey)
      if (!next.delete(key)) next.add(key)
      mark(next)
    },
    /** Compares these; the first one is what the others are compared with. */
    compare(keys: readonly string[]) {
      mark(keys)
      baseKey.value = keys[0] ?? null
      isOpen.value = keys.length >= LEAST_COMPARED
    },
    open() {
      isOpen.value = marked.value.size >= LEAST_COMPARED
    },
    close() {
      isOpen.value = false
    },
    clear() {
      if (marked.value.size > 0) mark([])
    },
  }
})

export type CompareState = InstanceType<typeof createCompareState>

/** What is left out of comparisons with `base`, as `parseIgnored` reads it. */
export function ignoredFor({ typedIgnored, keptIgnored }: CompareState, base: Connection): string {
  const kind = kindOf(base)
  return keptOf(typedIgnored.value, kind) ?? keptOf(keptIgnored.value, kind) ?? DEFAULT_IGNORED
}
