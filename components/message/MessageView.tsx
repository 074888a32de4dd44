import { useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Turn } from '../../lib/formats/turn.ts'
import { t, tn } from '../../lib/i18n/translate.ts'
import type { Connection } from '../../lib/session/types.ts'
import { toMarkdownText, toPlainText } from '../../lib/turns/copy.ts'
import { createTurnFigures } from '../../lib/turns/figures.ts'
import { turnReaderOf } from '../../lib/turns/turn-reader.ts'
import { indexesIn } from '../../lib/timeline/bins.ts'
import type { PanelState } from '../panel/panel-state.ts'
import { CopyButton } from '../parts/CopyButton.tsx'
import { formatCount } from '../parts/format.ts'
import { useSlices } from '../parts/use-slices.ts'
import { FormatLine } from './FormatLine.tsx'
import { Scrubber } from './Scrubber.tsx'
import { SelectionBar } from './SelectionBar.tsx'
import { SentConversation } from './SentConversation.tsx'
import { type EntryRange, partWithEntry, selectedEntries } from './text-places.ts'
import type { TurnLook } from './text-pieces.ts'
import { TurnFacts, turnFacts } from './TurnFacts.tsx'
import { TurnView } from './TurnView.tsx'
import { useEnd } from './use-end.ts'

interface MessageViewProps {
  readonly connection: Connection
  readonly state: PanelState
}

/** One connection read as a conversation. Give it the connection's key: its selection is its own. */
export function MessageView({ connection, state }: MessageViewProps) {
  void connection.version.value
  const reader = turnReaderOf(connection)
  void reader.choice.value
  const done = useSlices(reader, (budgetMs) => reader.update(budgetMs))
  const { folding, turn } = reader
  return (
    <div class="view message-view">
      <div class="view-bar">
        <FormatLine reader={reader} onRules={() => (state.rulesFor.value = { json: '', steps: null, rule: null })} />
      </div>
      {reader.missing > 0 && (
        <div class="notice" role="status">
          {tn(
            reader.missing,
            'The message is not whole: the text of {n} event was dropped before it was read.',
            'The message is not whole: the texts of {n} events were dropped before they were read.',
            { n: formatCount(reader.missing) },
          )}
        </div>
      )}
      {turn === null || folding === null ? (
        <div class="hint">{t('No chat format is chosen for this connection. The Events tab has what came.')}</div>
      ) : (
        <TurnPane
          key={turn.format}
          connection={connection}
          state={state}
          turn={turn}
          final={() => folding.final()}
          done={done}
        />
      )}
    </div>
  )
}

interface TurnPaneProps extends MessageViewProps {
  readonly turn: Turn
  readonly final: () => unknown
  readonly done: boolean
}

function TurnPane({ connection, state, turn, final, done }: TurnPaneProps) {
  const { entries } = connection
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const toEnd = useEnd({ scroller, content, isLive: connection.alive })
  const atMs = useSignal<number | null>(null)
  /** By another tab: drawn. What the user selects is not: new elements would end the selection. */
  const marked = useSignal<EntryRange | null>(null)
  const selected = useSignal<EntryRange | null>(null)
  const range = selected.value ?? marked.value
  const figures = useMemo(() => createTurnFigures(entries), [turn])
  useSlices(figures, (budgetMs) => figures.update(turn, budgetMs / 2))
  useSelectedEntries(scroller, turn, (found) => (selected.value = found))
  useMarkedEvent(scroller, turn, done, connection, state, (found) => {
    selected.value = null
    marked.value = found
  })

  const fromMs = connection.firstEventAtMs ?? connection.open.atMs
  const toMs = Math.max(fromMs, entries.length === 0 ? fromMs : entries.atMsOf(entries.length - 1))
  const until = atMs.value === null ? Infinity : indexesIn(entries, { fromMs: -Infinity, toMs: atMs.value }).to
  const hasHeat = state.messageHeat.value
  const waitMs = useMemo(
    () => (hasHeat ? (from: number, to: number) => entries.atMsOf(to) - entries.atMsOf(from) : null),
    [entries, hasHeat],
  )
  const shownPart = useMemo(
    () => (marked.value === null ? null : partWithEntry(turn, marked.value)),
    [turn, marked.value],
  )
  const look: TurnLook = { until, waitMs, marked: marked.value, markdown: state.messageMarkdown.value }
  const hasFinal = useMemo(() => final() !== null, [turn, turn.messages.length > 0])
  return (
    <>
      <div class="view-bar">
        <label class="check" title={t('Colours text by how long the page waited for it')}>
          <input
            type="checkbox"
            checked={hasHeat}
            onChange={(event) => (state.messageHeat.value = event.currentTarget.checked)}
          />
          {t('Time heat')}
        </label>
        <label
          class="check"
          title={t('Renders text as Markdown. Nothing is loaded for it. It cannot be traced to events then.')}
        >
          <input
            type="checkbox"
            checked={state.messageMarkdown.value}
            onChange={(event) => (state.messageMarkdown.value = event.currentTarget.checked)}
          />
          {t('Markdown')}
        </label>
        <span class="view-count">{done ? '' : t('Reading the events …')}</span>
        <CopyButton label={t('Copy text')} title={t('Copy the answer as text')} text={() => toPlainText(turn)} />
        <CopyButton
          label={t('Copy Markdown')}
          title={t('Copy all of the turn as Markdown')}
          text={() => toMarkdownText(turn)}
        />
        {hasFinal && (
          <CopyButton
            label={t('Copy JSON')}
            title={t('Copy what the call would have given without streaming')}
            text={() => JSON.stringify(final(), null, 2)}
          />
        )}
      </div>
      <div
        ref={scroller}
        class="view-body scroll message-body"
        tabIndex={0}
        role="group"
        aria-label={t('Message')}
        {...toEnd}
      >
        <div ref={content}>
          <SentConversation connection={connection} />
          <TurnFacts
            facts={turnFacts(connection, turn, figures, state.tokenPrices.value)}
            rate={figures.rate}
            state={state}
          />
          <TurnView connection={connection} turn={turn} look={look} shownPart={shownPart} />
        </div>
      </div>
      {range !== null && (
        <SelectionBar
          connection={connection}
          range={range}
          onShow={() => {
            state.brought.value = { key: connection.key, ...range }
            state.jumpTo({ key: connection.key, entry: range.from })
          }}
          onClose={() => {
            getSelection()?.removeAllRanges()
            selected.value = null
            marked.value = null
            state.brought.value = null
          }}
        />
      )}
      {toMs > fromMs && <Scrubber connection={connection} atMs={atMs} fromMs={fromMs} toMs={toMs} />}
    </>
  )
}

/** Tells which entries brought the text that the user selects. */
function useSelectedEntries(
  root: { readonly current: HTMLElement | null },
  turn: Turn,
  tell: (range: EntryRange) => void,
): void {
  useEffect(() => {
    const look = () => {
      const range = selectedEntries(root.current, turn)
      if (range !== null) tell(range)
    }
    document.addEventListener('pointerup', look)
    document.addEventListener('keyup', look)
    return () => {
      document.removeEventListener('pointerup', look)
      document.removeEventListener('keyup', look)
    }
  }, [turn])
}

/** Marks the text of an event that another tab asked for, and brings it into view. */
function useMarkedEvent(
  root: { readonly current: HTMLElement | null },
  turn: Turn,
  done: boolean,
  { key }: Connection,
  state: PanelState,
  tell: (range: EntryRange) => void,
): void {
  const asked = state.messageEntry.value
  useEffect(() => {
    if (asked?.key !== key || !done) return
    state.messageEntry.value = null
    const range = { from: asked.entry, to: asked.entry }
    tell(range)
    const id = partWithEntry(turn, range)
    if (id === null) return
    // In the next frame it is drawn, even if it was not before.
    requestAnimationFrame(() => {
      const box = root.current?.querySelector(`[data-part-box="${id}"]`)
      if (box instanceof HTMLDetailsElement) box.open = true
      const text = box?.querySelector('.marked-text') ?? box
      text?.scrollIntoView({ block: 'nearest' })
      root.current?.focus({ preventScroll: true })
    })
  }, [asked, done])
}
