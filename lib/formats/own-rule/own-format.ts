/** The format that a rule of the user's own makes. */
import { saying } from '../../i18n/saying.ts'
import type { Wording } from '../../i18n/saying.ts'
import { createDuplicateWatch } from '../folding/duplicates.ts'
import type { Folding, Format, FormatEvent, Match, Sample, Terminal } from '../format.ts'
import { createGrowingTurn, grow } from '../folding/growing-turn.ts'
import type { PartOf } from '../folding/growing-turn.ts'
import { parseJson, toJson } from '../json/json.ts'
import { parseJsonPath, selectAll } from '../json/json-path.ts'
import type { JsonPath } from '../json/json-path.ts'
import type { OwnRule } from './own-rule.ts'
import type { Finish } from '../turn.ts'

const FINISH_KINDS: ReadonlyMap<string, Finish['kind']> = new Map(
  Object.entries({
    stop: 'stop',
    end_turn: 'stop',
    complete: 'stop',
    completed: 'stop',
    done: 'stop',
    true: 'stop',
    length: 'length',
    max_tokens: 'length',
    tool_calls: 'tool',
    tool_use: 'tool',
    content_filter: 'filter',
    safety: 'filter',
    error: 'error',
    abort: 'abort',
    cancelled: 'abort',
  } as const),
)

interface Paths {
  readonly text: JsonPath | null
  readonly reasoning: JsonPath | null
  readonly finish: JsonPath | null
}

/** `rule` has been checked. Its format comes before all others: the user knows better. */
export function toOwnFormat(rule: OwnRule): Format {
  const paths: Paths = { text: toPath(rule.text), reasoning: toPath(rule.reasoning), finish: toPath(rule.finish) }
  const name = toOwnName(rule.name)
  const expected = toExpected(rule)
  return {
    name,
    label: rule.name,
    expected,
    match: (sample) => match(rule, paths, sample),
    terminal: (last) => terminal(rule, paths, last),
    start: () => start(name, rule, paths, expected),
  }
}

function toExpected({ finish, done }: OwnRule): Wording {
  if (finish === '') return done === '' ? '' : saying('the data {done}', { done })
  if (done === '') return saying('a value at {path}', { path: finish })
  return saying('a value at {path} or the data {done}', { path: finish, done })
}

/** The name of the format that a rule makes. */
export function toOwnName(rule: string): string {
  return `own:${rule}`
}

function toPath(text: string): JsonPath | null {
  const path = text === '' ? null : parseJsonPath(text)
  return path === null || 'error' in path ? null : path
}

function match(rule: OwnRule, { text, reasoning }: Paths, sample: Sample): Match | null {
  if (rule.url !== '' && !sample.url.includes(rule.url)) return null
  const found = sample.first.find(({ data }) => {
    const value = parseJson(data)
    return [...toTexts(value, text), ...toTexts(value, reasoning)].length > 0
  })
  if (found === undefined) return null
  const where = text !== null && toTexts(parseJson(found.data), text).length > 0 ? rule.text : rule.reasoning
  return {
    certainty: 'sure',
    evidence: [saying('your rule {name} finds text at {path}', { name: rule.name, path: where })],
  }
}

function toTexts(value: unknown, path: JsonPath | null): string[] {
  if (path === null || value === undefined) return []
  return selectAll(value, path).filter((found) => typeof found === 'string')
}

/** Why it stopped, where the event says it; null where it does not (yet). */
function toFinish(value: unknown, path: JsonPath | null): string | null {
  if (path === null || value === undefined) return null
  const found = selectAll(value, path).find((one) => one !== null && one !== false && one !== '')
  if (found === undefined) return null
  return typeof found === 'string' ? found : toJson(found)
}

function terminal(rule: OwnRule, { finish }: Paths, last: readonly FormatEvent[]): Terminal | null {
  for (const { data, index } of last.toReversed()) {
    if (rule.done !== '' && data.trim() === rule.done) return { kind: 'end', index, name: rule.done, text: '' }
    const reason = toFinish(parseJson(data), finish)
    if (reason !== null) return { kind: 'end', index, name: reason, text: '' }
  }
  return null
}

interface Grown {
  readonly part: PartOf<'text'> | PartOf<'reasoning'>
  readonly watch: (delta: string, event: number) => void
}

function start(name: string, rule: OwnRule, paths: Paths, expected: Wording): Folding {
  const turn = createGrowingTurn(name)
  const grown = new Map<'text' | 'reasoning', Grown>()
  const message = () => turn.message('message', 'assistant')

  function take(kind: 'text' | 'reasoning', delta: string, event: number): void {
    if (delta === '') return
    let one = grown.get(kind)
    if (one === undefined) {
      one = { part: turn.open(message(), kind, kind, event), watch: createDuplicateWatch(turn) }
      grown.set(kind, one)
    }
    one.watch(delta, event)
    grow(one.part, delta, event)
  }

  return {
    step({ data, type, index }) {
      if (rule.done !== '' && data.trim() === rule.done) return turn.ended(index)
      const value = parseJson(data)
      // Other events are not the rule's business: it says where text is, not that there is nothing else.
      if (value === undefined) return turn.strange(type, index)
      const reasoning = toTexts(value, paths.reasoning)
      const texts = toTexts(value, paths.text)
      for (const delta of reasoning) take('reasoning', delta, index)
      for (const delta of texts) take('text', delta, index)
      const reason = toFinish(value, paths.finish)
      if (reason !== null) {
        turn.finish(message(), reason, FINISH_KINDS.get(reason.toLowerCase()) ?? 'other', index)
        if (rule.done === '') turn.ended(index)
      } else if (reasoning.length === 0 && texts.length === 0) turn.strange(type, index)
    },
    turn,
    end() {
      for (const { part } of grown.values()) part.closed = true
      if (turn.endedAt === null && expected !== '') {
        turn.problem('missing-terminal', saying('The stream ended without {expected}', { expected }), -1)
      }
    },
    final: () => null,
  }
}
