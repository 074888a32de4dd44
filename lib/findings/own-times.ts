/** The time that an event itself says it was made at. */

/** Names that servers give to such a time, at the top of the data or one level below. */
const NAMES: ReadonlySet<string> = new Set([
  'at',
  'created',
  'created_at',
  'createdat',
  'date',
  'datetime',
  'emitted_at',
  'event_time',
  'eventtime',
  'sent_at',
  'sentat',
  'time',
  'timestamp',
  'ts',
])
/** Longer data is not read for its time: parsing it costs more than the finding is worth. */
const LONGEST_DATA = 65_536
const ISO_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/
const YEAR_2001_MS = 978_307_200_000
const YEAR_2100_MS = 4_102_444_800_000

export interface OwnTime {
  /** Where it stands in the data: `created_at`, `meta.ts`. */
  readonly name: string
  /** In ms since 1970. */
  readonly atMs: number
  /** How fine it is: 1000 where it has whole seconds only. */
  readonly stepMs: number
}

/** The first time found in an event's JSON data; null if there is none. */
export function toOwnTime(data: string): OwnTime | null {
  if (data.length > LONGEST_DATA || !data.startsWith('{')) return null
  const value = parse(data)
  if (value === null) return null
  return findTime(value, '') ?? findBelow(value)
}

function findBelow(value: object): OwnTime | null {
  for (const [name, below] of Object.entries(value)) {
    if (typeof below !== 'object' || below === null || Array.isArray(below)) continue
    const found = findTime(below, `${name}.`)
    if (found !== null) return found
  }
  return null
}

function findTime(value: object, prefix: string): OwnTime | null {
  for (const [name, time] of Object.entries(value)) {
    if (!NAMES.has(name.toLowerCase())) continue
    const found = typeof time === 'number' ? toTimeOfNumber(time) : typeof time === 'string' ? toTimeOfText(time) : null
    if (found !== null) return { name: prefix + name, ...found }
  }
  return null
}

type Time = Pick<OwnTime, 'atMs' | 'stepMs'>

/** Seconds, ms, µs or ns since 1970: only one of them falls into our century. */
function toTimeOfNumber(time: number): Time | null {
  for (const unitMs of [1000, 1, 0.001, 0.000_001]) {
    const atMs = time * unitMs
    if (atMs > YEAR_2001_MS && atMs < YEAR_2100_MS)
      return { atMs, stepMs: unitMs === 1000 && Number.isInteger(time) ? 1000 : 1 }
  }
  return null
}

function toTimeOfText(text: string): Time | null {
  if (/^\d{10,19}$/.test(text)) return toTimeOfNumber(Number(text))
  if (!ISO_TIME.test(text)) return null
  const atMs = Date.parse(text)
  if (Number.isNaN(atMs)) return null
  return { atMs, stepMs: text.includes('.') ? 1 : /\d\d:\d\d:\d\d/.test(text) ? 1000 : 60_000 }
}

function parse(data: string): object | null {
  try {
    const value: unknown = JSON.parse(data)
    return typeof value === 'object' && value !== null ? value : null
  } catch {
    // Not JSON: then it says no time.
    return null
  }
}
