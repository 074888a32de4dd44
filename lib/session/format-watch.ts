/** Finds out by a stream's first events which chat format it is, and by its last ones whether it came to its proper end. */
import type { Evidence } from '../endings/evidence.ts'
import { SAMPLE_EVENTS, TERMINAL_EVENTS } from '../formats/format.ts'
import type { Format, FormatEvent, Sample } from '../formats/format.ts'
import { FORMATS } from '../formats/formats.ts'
import { recognise } from '../formats/recognise.ts'
import type { Recognised } from '../formats/recognise.ts'
import { toOwnText } from './columns.ts'
import type { Connection, Entries, FormatMatch } from './types.ts'

/** Comments and the like that may stand between events: looked past, but not for ever. */
const LOOK_BACK = 4 * TERMINAL_EVENTS

export interface FormatWatch {
  readonly match: FormatMatch | null
  /** The matched format itself, for those who fold its events. */
  readonly format: Format | null
  /** Call after events came: looks again at the 1st, 2nd, 4th and 8th event until sure. */
  look(): void
  /** Call when the user's own formats are others than before. */
  lookAnew(): void
  /** The stream is over: looks once more, and for the terminal event. */
  terminal(): Evidence['terminal']
}

/** Formats of `connection.ownFormats` come before `formats`: the first that fits is taken, however sure of another we are. */
export function createFormatWatch(connection: Connection, formats: readonly Format[] = FORMATS): FormatWatch {
  let format: Format | null = null
  let match: FormatMatch | null = null
  let isOwn = false
  let nextLookAt = 1
  /** What all formats were asked about last. */
  let asked: Sample | null = null

  function find(): void {
    if (isOwn || findOwn() || match?.certainty === 'sure') return
    asked = toSample(connection)
    take(recognise(asked, formats))
  }

  function findOwn(): boolean {
    const own = connection.ownFormats()
    if (own.length === 0) return false
    const sample = toSample(connection)
    for (const candidate of own) {
      const found = candidate.match(sample)
      if (found === null) continue
      take({ format: candidate, match: found })
      isOwn = true
      return true
    }
    return false
  }

  function take(found: Recognised | null): void {
    format = found?.format ?? null
    match = found === null ? null : { name: found.format.name, label: found.format.label, ...found.match }
  }

  return {
    get match() {
      return match
    },
    get format() {
      return format
    },
    look() {
      if (connection.eventCount < nextLookAt || nextLookAt > SAMPLE_EVENTS) return
      while (nextLookAt <= connection.eventCount) nextLookAt *= 2
      find()
    },
    lookAnew() {
      if (isOwn) {
        take(null)
        isOwn = false
      }
      if (connection.eventCount > 0) find()
    },
    terminal() {
      // Of a short stream all was seen at the last look: asking every format is most of what such a stream costs.
      if (asked === null || !isSameSample(asked, toSample(connection))) find()
      if (format === null || match === null) return null
      // Without the format's own events in it, a stream with events is only taken for it: nothing may be missed in that.
      if (match.certainty === 'likely' && connection.eventCount > 0) return null
      const came = format.terminal(lastEvents(connection.entries))
      return came === null && format.expected === '' ? null : { expected: format.expected, came }
    },
  }
}

/** What is known of a connection for finding and starting a format. */
export function toSample({ open, body, head, framing, entries }: Connection): Sample {
  return {
    url: head !== null && head.url !== '' ? head.url : open.url,
    method: open.method,
    requestHeaders: open.headers,
    requestBody: body.kind === 'text' ? body.text : '',
    responseHeaders: head?.headers ?? [],
    framing,
    first: firstEvents(entries),
  }
}

/** Formats find by nothing else. Events are equal as objects: they are kept. */
function isSameSample(one: Sample, other: Sample): boolean {
  return (
    one.url === other.url &&
    one.requestBody === other.requestBody &&
    one.responseHeaders === other.responseHeaders &&
    one.framing === other.framing &&
    one.first.length === other.first.length &&
    one.first.every((event, index) => event === other.first[index])
  )
}

/** First events as they were when they were looked at last: their texts may have gone since. */
const firstKnown = new WeakMap<Entries, readonly FormatEvent[]>()

function firstEvents(entries: Entries): readonly FormatEvent[] {
  const known = firstKnown.get(entries) ?? []
  if (known.length === SAMPLE_EVENTS) return known
  const first = readFirst(entries, known)
  firstKnown.set(entries, first)
  return first
}

function readFirst(entries: Entries, known: readonly FormatEvent[]): readonly FormatEvent[] {
  const first: FormatEvent[] = []
  // A stream may begin with many comments: they are passed over, as far as is cheap.
  const end = Math.min(entries.length, 16 * SAMPLE_EVENTS)
  for (let index = 0; index < end && first.length < SAMPLE_EVENTS; index += 1) {
    if (entries.kindOf(index) !== 'event') continue
    const event = known[first.length]
    first.push(event?.index === index ? event : toFormatEvent(entries, index))
  }
  return first
}

/** A part of a chunk's text would keep all of it. */
function toFormatEvent(entries: Entries, index: number): FormatEvent {
  const { atMs, type, data } = entries.at(index)
  return { index, atMs, type, data: toOwnText(data) }
}

/** Last events as they were when they were looked at last, and how many entries there were. */
const lastKnown = new WeakMap<Entries, { readonly length: number; readonly events: readonly FormatEvent[] }>()

function lastEvents(entries: Entries): readonly FormatEvent[] {
  const known = lastKnown.get(entries)
  if (known?.length === entries.length) return known.events
  const events = readLast(entries)
  lastKnown.set(entries, { length: entries.length, events })
  return events
}

function readLast(entries: Entries): readonly FormatEvent[] {
  const last: FormatEvent[] = []
  const start = Math.max(0, entries.length - LOOK_BACK)
  for (let index = entries.length - 1; index >= start && last.length < TERMINAL_EVENTS; index -= 1) {
    if (entries.kindOf(index) === 'event') last.unshift(toFormatEvent(entries, index))
  }
  return last
}
