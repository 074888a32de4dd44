/** The filter of the Events tab: which of a connection's entries to show. */
import { parseJson } from '../formats/json/json.ts'
import { type JsonPath, selectAll } from '../formats/json/json-path.ts'
import { toUtf8Size } from '../session/utf8-size.ts'
import type { Connection, Entry, EntryKind } from '../session/types.ts'
import type { Condition, Filter, Grammar, NumberRange, TextMatch } from './filter.ts'
import { isWithin } from './numbers.ts'
import { isRange } from './parse.ts'
import { toTextTest } from './text-test.ts'

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
    { name: 'data', takes: 'text', hint: 'text in the data' },
    { name: 'type', takes: 'text', hint: 'event type' },
    { name: 'id', takes: 'text', hint: 'last event ID' },
    { name: 'size', takes: 'size', hint: 'size of the data, >1k' },
    { name: 'gap', takes: 'time', hint: 'time since the row before, >500ms' },
    { name: 'since', takes: 'time', hint: 'time since the call, 1s..2s' },
    { name: 'number', takes: 'count', hint: 'number of the event, 10..20' },
    { name: 'chunk', takes: 'count', hint: 'number of the chunk' },
    { name: 'has', takes: ['json', 'data', 'id'], orPath: true, hint: 'json, data, id or a path into the JSON' },
    { name: 'is', takes: Object.values(KIND_WORDS), hint: 'event, comment, retry …' },
  ],
}

/** Whether the entry `index` is to be shown; `before` is the one before it in the list, -1 for none. */
export type EventTest = (index: number, before: number) => boolean

/** An entry whose parts are made when a condition asks for them. */
interface Looked {
  readonly index: number
  readonly before: number
  entry(): Entry
  json(): unknown
}

export function createEventTest({ terms }: Filter, connection: Connection): EventTest {
  const { entries } = connection
  const tests = terms
    .toSorted((a, b) => costOf(a.condition) - costOf(b.condition))
    .map(({ isNot, condition }) => ({ isNot, holds: toTest(condition, connection) }))
  return (index, before) => {
    let entry: Entry | null = null
    let parsed: { readonly value: unknown } | null = null
    const looked: Looked = {
      index,
      before,
      entry: () => (entry ??= entries.at(index)),
      json: () => (parsed ??= { value: parseJson(looked.entry().data) }).value,
    }
    return tests.every(({ isNot, holds }) => holds(looked) !== isNot)
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

function toTest(condition: Condition, connection: Connection): (looked: Looked) => boolean {
  switch (condition.kind) {
    case 'text': {
      const test = toTextTest(condition.match)
      return ({ entry }) => test(entry().data) || test(entry().type) || test(entry().id)
    }
    case 'field':
      return toFieldTest(condition.key, condition.match, connection)
    case 'number': {
      const valueOf = toValue(condition.key, connection)
      return (looked) => isWithin(valueOf(looked), condition.range)
    }
    case 'choice':
      return toChoiceTest(condition.key, condition.words, connection)
    case 'path':
      return toPathTest(condition.path, condition.match)
    case 'has path': {
      const { path } = condition
      const may = mayHave(path)
      return (looked) => may(looked.entry().data) && selectAll(looked.json(), path).length > 0
    }
    default:
      return condition satisfies never
  }
}

function toFieldTest(key: string, match: TextMatch, { entries }: Connection): (looked: Looked) => boolean {
  const test = toTextTest(match)
  if (key === 'type') return ({ index }) => test(entries.typeOf(index))
  if (key === 'id') return ({ entry }) => test(entry().id)
  return ({ entry }) => test(entry().data)
}

/** NaN where there is none, which is in no range. */
function toValue(key: string, { entries, open }: Connection): (looked: Looked) => number {
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
      return ({ entry }) => toUtf8Size(entry().data)
  }
}

function toChoiceTest(key: string, words: readonly string[], { entries }: Connection): (looked: Looked) => boolean {
  if (key === 'is') return ({ index }) => words.includes(KIND_WORDS[entries.kindOf(index)])
  return (looked) =>
    words.some((word) => {
      if (word === 'id') return looked.entry().id !== ''
      return word === 'data' ? looked.entry().data !== '' : looked.json() !== undefined
    })
}

function toPathTest(path: JsonPath, match: TextMatch | NumberRange): (looked: Looked) => boolean {
  const may = mayHave(path, match)
  const holds = isRange(match)
    ? (value: unknown) => typeof value === 'number' && isWithin(value, match)
    : toJsonTextTest(toTextTest(match))
  return (looked) => may(looked.entry().data) && selectAll(looked.json(), path).some(holds)
}

/** Strings as they are, the rest as JSON. */
function toJsonTextTest(test: (text: string) => boolean): (value: unknown) => boolean {
  return (value) => test(typeof value === 'string' ? value : JSON.stringify(value))
}

/** Texts that stand in JSON as they are, if it has no escapes: digits and signs may be written in several ways. */
const PLAIN_WORDS = /^[A-Za-z_][A-Za-z_ ]+$/

/** A quick no for data that cannot have the path, or not the text at it: JSON is read for the rest only. */
function mayHave({ segments }: JsonPath, match?: TextMatch | NumberRange): (data: string) => boolean {
  const name = segments.findLast((segment) => segment.kind === 'name')?.name ?? ''
  const isPlain = match !== undefined && !isRange(match) && match.how !== 'regex' && PLAIN_WORDS.test(match.text)
  const test = isPlain ? toTextTest({ how: 'contains', text: match.text }) : () => true
  return (data) => (data.includes(name) && test(data)) || data.includes('\\')
}
