import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { ChunkMark } from '../raw/chunk-starts.ts'
import { AwayText } from '../parts/AwayText.tsx'
import { copyText } from '../parts/clipboard.ts'
import { copiedText } from './copied-text.ts'
import { selectedRange } from './selected-range.ts'
import { createTextRows, type TextRow, type TextSource } from './text-rows.ts'
import { useNextFrame } from '../parts/use-next-frame.ts'
import { useSize } from '../parts/use-size.ts'
import { type RowProps, VirtualList } from '../parts/VirtualList.tsx'
import { t } from '../../lib/i18n/translate.ts'

const ROW_PX = 17
/** Width of one character of the monospace font where it cannot be measured. */
const CHARACTER_PX = 6.7
const MARGIN_PX = 28
const LEAST_COLUMNS = 40

interface TextLinesProps {
  /** Same object, same text (it may grow). Draw again when it has grown. */
  readonly source: TextSource
  readonly label: string
  /** Where chunks begin between two offsets; drawn as thin marks. */
  readonly marksWithin?: (from: number, to: number) => readonly ChunkMark[]
  readonly markTitle?: (mark: ChunkMark) => string
  readonly showLineEnds?: boolean
  readonly startAtEnd?: boolean
  /** A part of the text to mark and to bring into view. */
  readonly shown?: { readonly from: number; readonly to: number } | null
}

/** A text of any length, wrapped, in a virtual list. Copying gives the text itself, without the wrapping; Ctrl+A selects all of it. */
export function TextLines({
  source,
  label,
  marksWithin,
  markTitle,
  showLineEnds = false,
  startAtEnd = false,
  shown = null,
}: TextLinesProps) {
  const root = useRef<HTMLDivElement>(null)
  const probe = useRef<HTMLSpanElement>(null)
  const size = useSize(root)
  const follow = useSignal(startAtEnd)
  const allSelected = useSignal(false)
  const characterPx = (probe.current?.getBoundingClientRect().width ?? 0) / 10 || CHARACTER_PX
  // In steps of ten, so that small changes of the width do not cut everything anew.
  const columns = Math.max(LEAST_COLUMNS, Math.floor((size.value.width - MARGIN_PX) / characterPx / 10) * 10)
  const rows = useMemo(() => createTextRows(source, columns), [source, columns])
  const done = rows.update()
  useNextFrame(!done)
  const reveal = useSignal(-1)
  const shownRow = shown === null ? -1 : rows.rowOf(shown.from)
  useEffect(() => {
    reveal.value = shownRow
    if (shownRow >= 0) root.current?.querySelector<HTMLElement>('.text-list')?.focus({ preventScroll: true })
  }, [shown, shownRow])
  useEffect(() => {
    const unselect = () => (allSelected.value = false)
    document.addEventListener('selectionchange', unselect)
    return () => document.removeEventListener('selectionchange', unselect)
  }, [])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'a' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    allSelected.value = true
  }
  const onCopy = (event: ClipboardEvent) => {
    const range = allSelected.value ? { from: 0, to: source.textLength } : selectedRange(root.current)
    if (range === null) return
    event.preventDefault()
    const copied = copiedText(source, range.from, range.to)
    if (typeof copied === 'string') event.clipboardData?.setData('text/plain', copied)
    // The event is over by then: a command of its own follows it.
    else void copied.then(copyText)
  }
  const isShown = ({ from, to }: TextRow) => shown !== null && from < shown.to && to > shown.from
  const renderRow = (index: number, props: RowProps) => {
    const row = rows.at(index)
    // A row that stands for what is away may have any number of chunks.
    const marks = row.away === null ? (marksWithin?.(row.from, row.to) ?? []) : []
    return (
      <div {...props} key={index} class={isShown(row) ? 'row text-row in-range' : 'row text-row'} data-from={row.from}>
        {row.away === null ? (
          toParts(row, marks, markTitle)
        ) : (
          <AwayText away={row.away} bring={async () => source.bring?.(row.from, row.to)} />
        )}
        {showLineEnds && row.end !== '' && <span class="line-end" data-end={row.end} />}
      </div>
    )
  }
  return (
    <div
      ref={root}
      class={allSelected.value ? 'text-lines all-selected' : 'text-lines'}
      onKeyDown={onKeyDown}
      onCopy={onCopy}
    >
      <span ref={probe} class="probe" aria-hidden="true">
        0000000000
      </span>
      <VirtualList
        label={label}
        class="text-list"
        role="group"
        count={rows.length}
        rowHeightPx={ROW_PX}
        renderRow={renderRow}
        follow={follow}
        reveal={reveal}
      />
      {!done && (
        <div class="working">{t('Reading {n} %', { n: Math.floor((rows.doneLength / source.textLength) * 100) })}</div>
      )}
    </div>
  )
}

/** The row's text with marks in it. The marks hold no text, so that offsets in the row stay offsets in the text. */
function toParts(row: TextRow, marks: readonly ChunkMark[], title?: (mark: ChunkMark) => string): ComponentChildren[] {
  const parts: ComponentChildren[] = []
  let from = 0
  for (const mark of marks) {
    const { chunk, at, splitBytes } = mark
    const to = Math.min(row.text.length, at - row.from)
    if (to > from) parts.push(row.text.slice(from, to))
    parts.push(
      <span key={chunk} class={splitBytes > 0 ? 'chunk-mark split' : 'chunk-mark'} title={title?.(mark) ?? ''} />,
    )
    from = to
  }
  parts.push(row.text.slice(from))
  return parts
}
