/** How the user has set up the Events table. */

export const EVENT_COLUMNS = ['number', 'time', 'since', 'delta', 'type', 'id', 'size', 'chunk', 'data'] as const
export type EventColumn = (typeof EVENT_COLUMNS)[number]

export interface EventSort {
  readonly column: EventColumn
  readonly descending: boolean
}

export interface EventsTable {
  /** All columns, from the left. */
  readonly order: readonly EventColumn[]
  readonly hidden: readonly EventColumn[]
  /** Where the user changed a width. */
  readonly widthsPx: { readonly [Column in EventColumn]?: number }
  /** Null: as they came. */
  readonly sort: EventSort | null
  /** Where the open event stands; `auto` goes by the room there is. */
  readonly detail: 'auto' | 'beside' | 'below'
}

export const FIRST_EVENTS_TABLE: EventsTable = {
  order: EVENT_COLUMNS,
  // The bracket tells of chunks already.
  hidden: ['size', 'chunk'],
  widthsPx: {},
  sort: null,
  detail: 'auto',
}

const LEAST_WIDTH_PX = 24
const MOST_WIDTH_PX = 2_000

/** Makes it of whatever was stored; what is missing or wrong is as for a new user. */
export function toEventsTable(stored: unknown): EventsTable {
  const from = isObject(stored) ? stored : {}
  const order = toColumns(from['order']) ?? []
  const sort = isObject(from['sort']) ? from['sort'] : {}
  const sorted = EVENT_COLUMNS.find((column) => column === sort['column'])
  const detail = (['beside', 'below'] as const).find((one) => one === from['detail'])
  return {
    // A column that a later version adds comes last.
    order: [...order, ...EVENT_COLUMNS.filter((column) => !order.includes(column))],
    hidden: (toColumns(from['hidden']) ?? FIRST_EVENTS_TABLE.hidden).filter((column) => column !== 'data'),
    widthsPx: toWidths(from['widthsPx']),
    sort: sorted === undefined ? null : { column: sorted, descending: sort['descending'] === true },
    detail: detail ?? 'auto',
  }
}

export function toWidthPx(width: number): number {
  return Math.round(Math.min(MOST_WIDTH_PX, Math.max(LEAST_WIDTH_PX, width)))
}

/** The table with `column` moved by so many places among those that are shown. */
export function moveColumn(table: EventsTable, column: EventColumn, by: -1 | 1): EventsTable {
  const shown = table.order.filter((one) => !table.hidden.includes(one))
  const neighbour = shown[shown.indexOf(column) + by]
  return neighbour === undefined || !shown.includes(column) ? table : moveColumnTo(table, column, neighbour)
}

/** The table with `column` in the place where `target` is; that one makes room. */
export function moveColumnTo(table: EventsTable, column: EventColumn, target: EventColumn): EventsTable {
  const to = table.order.indexOf(target)
  const order = table.order.filter((one) => one !== column)
  order.splice(to, 0, column)
  return { ...table, order }
}

/** As they came → rising → falling → as they came. */
export function nextSort(sort: EventSort | null, column: EventColumn): EventSort | null {
  if (sort?.column !== column) return { column, descending: false }
  return sort.descending ? null : { column, descending: true }
}

function toColumns(value: unknown): EventColumn[] | null {
  return Array.isArray(value)
    ? EVENT_COLUMNS.filter((column) => value.includes(column)).toSorted((a, b) => value.indexOf(a) - value.indexOf(b))
    : null
}

function toWidths(value: unknown): EventsTable['widthsPx'] {
  if (!isObject(value)) return {}
  const known = EVENT_COLUMNS.flatMap((column) => {
    const width = value[column]
    return typeof width === 'number' && Number.isFinite(width) ? [[column, toWidthPx(width)] as const] : []
  })
  return Object.fromEntries(known)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
