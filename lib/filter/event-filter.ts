/** The filter of the Events tab: which of a connection's entries to show. */
import { type JsonPath, selectAll } from '../formats/json/json-path.ts'
import type { Away } from '../session/store/text-store.ts'
import type { Connection, Entries, EntryKind } from '../session/types.ts'
import type { Condition, Filter, Grammar, NumberRange, TextMatch } from './filter.ts'
import { isWithin } from './numbers.ts'
import { isRange } from './parse.ts'
import { createLookedEntry, type LookedEntry } from './looked-entry.ts'
import { createScan, createTextScan } from './text-scan.ts'
import { toTextTest } from './text-test.ts'
import { msg } from '../i18n/translate.ts'

const KIND_WORDS: Readonly<Record<EntryKind, string>> = {
  event: 'event',
  comment: 'comment',
  retry: 'retry',
  'no-data': 'no-data',
  ignored: 'ignored',
  tail: 'unfinished',
}

export const EVENT_GRAMMAR: Grammar = {
  hasPaths: true,
  keys: [
    { name: 'data', takes: 'text', hint: msg('text in the data') },
    { name: 'type', takes: 'text', hint: msg('event type') },
    { name: 'id', takes: 'text', hint: msg('last event ID') },
    { name: 'size', takes: 'size', hint: msg('size of the data, >1k') },
    { name: 'gap', takes: 'time', hint: msg('time since the row before, >500ms') },
    { name: 'since', takes: 'time', hint: msg('time since the call, 1s..2s') },
    { name: 'number', takes: 'count', hint: msg('number of the event, 10..20') },
    { name: 'chunk', takes: 'count', hint: msg('number of the chunk') },
    { name: 'has', takes: ['json', 'data', 'id'], orPath: true, hint: msg('json, data, id or a path into the JSON') },
    { name: 'is', takes: Object.values(KIND_WORDS), hint: msg('event, comment, retry …') },
  ],
}

/**
 * Whether the entry `index` is to be shown; `before` is the one before it in the list, -1 for none. Where its text is needed
 * and away, there is no answer: it says where the text is.
 */
export type EventTest = (index: number, before: number) => boolean | Away

/** Null: its text is away. */
type Holds = (looked: LookedEntry) => boolean | null

/** Ask it about entries one after the other, in either direction: it looks ahead. */
export function createEventTest({ terms }: Filter, connection: Connection): EventTest {
  const { entries } = connection
  const tests = terms
    .toSorted((a, b) => costOf(a.condition) - costOf(b.condition))
    .map(({ isNot, condition }) => ({ isNot, holds: toTest(condition, connection) }))
  const looked = createLookedEntry(entries)
  return (index, before) => {
    looked.look(index, before)
    for (const { isNot, holds } of tests) {
      const answer = holds(looked)
      if (answer === null) return entries.awayOf(index) ?? false
      if (answer === isNot) return false
    }
    return true
  }
}

/** What needs no text is asked first, and JSON is read last. */
function costOf(condition: Condition): number {
  switch (condition.kind) {
    case 'number':
      return condition.key === 'size' ? 1 : 0
    case 'choice':
      return condition.key === 'is' ? 0 : 3
    case 'field':
      return condition.key === 'type' ? 0 : 1
    case 'text':
      return 2
    case 'path':
    case 'has path':
      return 4
    default:
      return condition satisfies never
  }
}

function toTest(condition: Condition, connection: Connection): Holds {
  const { entries } = connection
  switch (condition.kind) {
    case 'text': {
      const inData = toDataTest(condition.match, entries)
      const inType = toTypeTest(condition.match, entries)
      const inId = toIdTest(condition.match, entries)
      return (looked) => inType(looked) || firstKnown(inData(looked), inId(looked))
    }
    case 'field':
      return toFieldTest(condition.key, condition.match, entries)
    case 'number': {
      const valueOf = toValue(condition.key, connection)
      return (looked) => isWithin(valueOf(looked), condition.range)
    }
    case 'choice':
      return toChoiceTest(condition.key, condition.words, entries)
    case 'path':
      return toPathTest(condition.path, condition.match, entries)
    case 'has path': {
      const { path } = condition
      const may = mayHave(path)
      return (looked) => withData(looked, (data) => may(data) && selectAll(looked.json(), path).length > 0)
    }
    default:
      return condition satisfies never
  }
}

function toFieldTest(key: string, match: TextMatch, entries: Entries): Holds {
  switch (key) {
    case 'type':
      return toTypeTest(match, entries)
    case 'id':
      return toIdTest(match, entries)
    default:
      return toDataTest(match, entries)
  }
}

function withData(looked: LookedEntry, test: (data: string) => boolean): boolean | null {
  const data = looked.data()
  return data === null ? null : test(data)
}

/** One of two is enough; if neither is, it is not known as long as one of them is not. */
function firstKnown(one: boolean | null, other: boolean | null): boolean | null {
  return one === true || other === true ? true : one === null || other === null ? null : false
}

function toDataTest(match: TextMatch, entries: Entries): Holds {
  const test = toTextTest(match)
  const scan = createTextScan(entries, match)
  return (looked) => (scan === null || scan(looked.index) ? withData(looked, test) : false)
}

/** Each different type is looked at once. */
function toTypeTest(match: TextMatch, entries: Entries): (looked: LookedEntry) => boolean {
  const test = toTextTest(match)
  const known: boolean[] = []
  return ({ index }) => (known[entries.typeIndexOf(index)] ??= test(entries.typeOf(index)))
}

/** An id holds for all entries up to the next: it is looked at once. */
function toIdTest(match: TextMatch, entries: Entries): Holds {
  const test = toTextTest(match)
  const ofNone = test('')
  let lastId = 0
  let last: boolean | null = ofNone
  return (looked) => {
    const idIndex = entries.idIndexOf(looked.index)
    if (idIndex === 0) return ofNone
    if (idIndex === lastId && last !== null) return last
    const id = looked.id()
    lastId = idIndex
    last = id === null ? null : test(id)
    return last
  }
}

/** NaN where there is none, which is in no range. */
function toValue(key: string, { entries, open }: Connection): (looked: LookedEntry) => number {
  switch (key) {
    case 'gap':
      return ({ index, before }) => (before < 0 ? NaN : entries.atMsOf(index) - entries.atMsOf(before))
    case 'since':
      return ({ index }) => entries.atMsOf(index) - open.atMs
    case 'number':
      return ({ index }) => (entries.kindOf(index) === 'event' ? entries.eventsAmong(index + 1) : NaN)
    case 'chunk':
      return ({ index }) => (entries.chunkOf(index) < 0 ? NaN : entries.chunkOf(index) + 1)
    default:
      return ({ index }) => entries.sizeOf(index)
  }
}

function toChoiceTest(key: string, words: readonly string[], entries: Entries): Holds {
  if (key === 'is') return ({ index }) => words.includes(KIND_WORDS[entries.kindOf(index)])
  const tests = words.map((word): Holds => {
    if (word === 'id') return ({ index }) => entries.idIndexOf(index) !== 0
    if (word === 'data') return ({ index }) => entries.sizeOf(index) > 0
    return (looked) => withData(looked, () => looked.json() !== undefined)
  })
  return (looked) => {
    let answer: boolean | null = false
    for (const test of tests) answer = firstKnown(answer, test(looked))
    return answer
  }
}

function toPathTest(path: JsonPath, match: TextMatch | NumberRange, entries: Entries): Holds {
  const may = mayHave(path, match)
  const scan = isPlain(match) ? createScan(entries, [match.text, '\\']) : null
  const holds = isRange(match)
    ? (value: unknown) => typeof value === 'number' && isWithin(value, match)
    : toJsonTextTest(toTextTest(match))
  return (looked) => {
    if (scan !== null && !scan(looked.index)) return false
    return withData(looked, (data) => may(data) && selectAll(looked.json(), path).some(holds))
  }
}

/** Strings as they are, the rest as JSON. */
function toJsonTextTest(test: (text: string) => boolean): (value: unknown) => boolean {
  return (value) => test(typeof value === 'string' ? value : JSON.stringify(value))
}

/** Texts that stand in JSON as they are, if it has no escapes: digits and signs may be written in several ways. */
const PLAIN_WORDS = /^[A-Za-z_][A-Za-z_ ]+$/

function isPlain(match: TextMatch | NumberRange | undefined): match is TextMatch & { readonly text: string } {
  return match !== undefined && !isRange(match) && match.how !== 'regex' && PLAIN_WORDS.test(match.text)
}

/** A quick no for data that cannot have the path, or not the text at it: JSON is read for the rest only. */
function mayHave({ segments }: JsonPath, match?: TextMatch | NumberRange): (data: string) => boolean {
  const name = segments.findLast((segment) => segment.kind === 'name')?.name ?? ''
  const test = isPlain(match) ? toTextTest({ how: 'contains', text: match.text }) : () => true
  return (data) => (data.includes(name) && test(data)) || data.includes('\\')
}
