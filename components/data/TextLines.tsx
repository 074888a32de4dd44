import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { ChunkMark } from '../raw/chunk-starts.ts'
import { selectedRange } from './selected-range.ts'
import { createTextRows, type TextRow, type TextSource } from './text-rows.ts'
import { useNextFrame } from '../parts/use-next-frame.ts'
import { useSize } from '../parts/use-size.ts'
import { type RowProps, VirtualList } from '../parts/VirtualList.tsx'

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
  readonly markTitle?: (chunk: number) => string
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
    event.clipboardData?.setData('text/plain', source.text(range.from, range.to))
  }
  const isShown = ({ from, to }: TextRow) => shown !== null && from < shown.to && to > shown.from
  const renderRow = (index: number, props: RowProps) => {
    const row = rows.at(index)
    const marks = marksWithin?.(row.from, row.to) ?? []
    return (
      <div {...props} key={index} class={isShown(row) ? 'row text-row in-range' : 'row text-row'} data-from={row.from}>
        {toParts(row, marks, markTitle)}
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
      {!done && <div class="working">Reading {Math.floor((rows.doneLength / source.textLength) * 100)} %</div>}
    </div>
  )
}

/** The row's text with marks in it. The marks hold no text, so that offsets in the row stay offsets in the text. */
function toParts(row: TextRow, marks: readonly ChunkMark[], title?: (chunk: number) => string): ComponentChildren[] {
  const parts: ComponentChildren[] = []
  let from = 0
  for (const { chunk, at } of marks) {
    const to = Math.min(row.text.length, at - row.from)
    if (to > from) parts.push(row.text.slice(from, to))
    parts.push(<span key={chunk} class="chunk-mark" title={title?.(chunk) ?? ''} />)
    from = to
  }
  parts.push(row.text.slice(from))
  return parts
}
