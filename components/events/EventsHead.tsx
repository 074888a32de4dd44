import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import {
  type EventColumn,
  type EventsTable,
  moveColumn,
  moveColumnTo,
  nextSort,
  toWidthPx,
} from '../../lib/events-table.ts'
import { t } from '../../lib/i18n/translate.ts'
import { COLUMN_FACTS, DATA_TRACK } from './columns.ts'

/** A press that moves less is a click. */
const DRAG_PX = 6
const KEY_STEP_PX = 8

interface EventsHeadProps {
  readonly table: EventsTable
  readonly columns: readonly EventColumn[]
  readonly heightPx: number
  readonly onChange: (table: EventsTable) => void
}

/**
 * The heads of the columns. Click or Enter sorts, a drag or Shift with an arrow key moves, the border or Alt with an arrow key
 * changes the width. One tab stop: arrow keys go from head to head.
 */
export function EventsHead({ table, columns, heightPx, onChange }: EventsHeadProps) {
  const root = useRef<HTMLDivElement>(null)
  const focused = useSignal<EventColumn>('number')
  const dragged = useSignal<EventColumn | null>(null)
  const stop = columns.includes(focused.value) ? focused.value : columns[0]

  const cellOf = (column: EventColumn) => root.current?.querySelector<HTMLElement>(`[data-column="${column}"]`) ?? null
  const sortBy = (column: EventColumn) => onChange({ ...table, sort: nextSort(table.sort, column) })
  const setWidth = (column: EventColumn, widthPx: number) =>
    onChange({ ...table, widthsPx: { ...table.widthsPx, [column]: toWidthPx(widthPx) } })

  const onKeyDown = (event: KeyboardEvent, column: EventColumn) => {
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : null
    // The list below would take these keys for its own.
    if (event.key === 'Enter' || event.key === ' ') return event.stopPropagation()
    if (by === null) return
    event.preventDefault()
    event.stopPropagation()
    if (event.altKey) {
      if (column !== 'data') setWidth(column, (cellOf(column)?.offsetWidth ?? 0) + by * KEY_STEP_PX)
      return
    }
    if (event.shiftKey) return onChange(moveColumn(table, column, by))
    const next = columns[columns.indexOf(column) + by]
    if (next === undefined) return
    focused.value = next
    cellOf(next)?.querySelector('button')?.focus()
  }
  const drop = (column: EventColumn, clientX: number) => {
    const target = columns.find((one) => {
      const box = cellOf(one)?.getBoundingClientRect()
      return box !== undefined && clientX >= box.left && clientX < box.right
    })
    if (target !== undefined && target !== column) onChange(moveColumnTo(table, column, target))
  }
  const startDrag = (down: PointerEvent, column: EventColumn) => {
    if (down.button !== 0 || !(down.currentTarget instanceof HTMLElement)) return
    const button = down.currentTarget
    // A quick pointer is out of the button before it has moved once.
    button.setPointerCapture(down.pointerId)
    const onMove = (event: PointerEvent) => {
      if (dragged.value !== null || Math.abs(event.clientX - down.clientX) < DRAG_PX) return
      dragged.value = column
    }
    const onUp = (event: PointerEvent) => {
      button.removeEventListener('pointermove', onMove)
      if (dragged.value === null) return
      drop(column, event.clientX)
      // The click of this release is still to come, and must not sort.
      setTimeout(() => (dragged.value = null))
    }
    button.addEventListener('pointermove', onMove)
    button.addEventListener('pointerup', onUp, { once: true })
    button.addEventListener('pointercancel', onUp, { once: true })
  }
  const startResize = (down: PointerEvent, column: EventColumn) => {
    const handle = down.currentTarget
    if (down.button !== 0 || !(handle instanceof HTMLElement)) return
    down.preventDefault()
    const startPx = cellOf(column)?.offsetWidth ?? 0
    handle.setPointerCapture(down.pointerId)
    const list = root.current?.closest<HTMLElement>('.events-table') ?? null
    let widthPx: number | null = null
    // Drawn directly while it moves: what is stored comes back a moment later, and would pull at the border.
    const onMove = (event: PointerEvent) => {
      widthPx = toWidthPx(startPx + event.clientX - down.clientX)
      const trackOf = (one: EventColumn) => (one === column ? widthPx : cellOf(one)?.offsetWidth)
      const tracks = columns.map((one) => (one === 'data' ? DATA_TRACK : `${trackOf(one)}px`))
      list?.style.setProperty('--event-columns', tracks.join(' '))
    }
    const onEnd = () => {
      handle.removeEventListener('pointermove', onMove)
      if (widthPx !== null) setWidth(column, widthPx)
    }
    handle.addEventListener('pointermove', onMove)
    handle.addEventListener('lostpointercapture', onEnd, { once: true })
  }
  const withoutWidth = (column: EventColumn) => {
    const { [column]: _dropped, ...widthsPx } = table.widthsPx
    onChange({ ...table, widthsPx })
  }
  return (
    <div ref={root} class="row head event-row" role="row" aria-rowindex={1} style={{ height: `${heightPx}px` }}>
      {columns.map((column) => {
        const { name, title } = COLUMN_FACTS[column]
        const sort = table.sort?.column === column ? (table.sort.descending ? 'descending' : 'ascending') : undefined
        return (
          <span
            key={column}
            role="columnheader"
            data-column={column}
            class={dragged.value === column ? 'is-dragged' : ''}
            {...(sort !== undefined && { 'aria-sort': sort })}
          >
            <button
              type="button"
              class="head-button"
              title={t('{what}. Click to sort, drag to move', { what: t(title) })}
              tabIndex={column === stop ? 0 : -1}
              onFocus={() => (focused.value = column)}
              onClick={() => {
                if (dragged.value === null) sortBy(column)
              }}
              onPointerDown={(event) => startDrag(event, column)}
              onKeyDown={(event) => onKeyDown(event, column)}
            >
              {t(name)}
              {sort !== undefined && <span aria-hidden="true">{sort === 'ascending' ? ' ▴' : ' ▾'}</span>}
            </button>
            {column !== 'data' && (
              <span
                class="head-handle"
                aria-hidden="true"
                title={t('Drag to change the width; double-click for the usual one')}
                onPointerDown={(event) => startResize(event, column)}
                onDblClick={() => withoutWidth(column)}
              />
            )}
          </span>
        )
      })}
    </div>
  )
}
