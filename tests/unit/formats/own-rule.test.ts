import { expect, test } from 'vitest'
import { recognise } from '../../../lib/formats/recognise.ts'
import { toOwnFormat } from '../../../lib/formats/own-rule/own-format.ts'
import {
  checkRule,
  isRuleError,
  parseRules,
  ruleFromEvent,
  toRulesJson,
} from '../../../lib/formats/own-rule/own-rule.ts'
import type { OwnRule } from '../../../lib/formats/own-rule/own-rule.ts'
import { FORMATS } from '../../../lib/formats/formats.ts'
import { say } from '../../../lib/i18n/saying.ts'
import { fold, matchOf, problemsOf, sampleOf, sse, terminalOf, testCuts, textsOf, toEvents } from './harness.ts'
import { growthOf } from './steps.ts'

const rule: OwnRule = {
  name: 'House bot',
  url: '/bot',
  text: '$.out[*].say',
  reasoning: '$.think',
  finish: '$.why',
  done: '',
}
const format = toOwnFormat(rule)
const events = [
  { think: 'Hm' },
  { out: [{ say: 'Hello' }, { say: ', ' }], why: null },
  { ping: 1 },
  { out: [{ say: 'wörld' }], why: false },
  { why: 'max_tokens' },
]
const wire = sse(events, false)

testCuts(format, {
  whole: wire,
  'cut short': sse(events.slice(0, 3), false),
  'not JSON': sse(['hello', ...events], false),
})

test('a rule finds text, reasoning and why it stopped', () => {
  const { turn, final } = fold(format, wire)
  expect(textsOf(turn, 'reasoning')).toEqual(['Hm'])
  expect(textsOf(turn, 'text')).toEqual(['Hello, wörld'])
  expect(turn).toMatchObject({
    endedAt: 4,
    problems: [],
    messages: [{ finish: { reason: 'max_tokens', kind: 'length' } }],
  })
  expect(turn.unknown).toEqual([{ name: 'message', count: 1, firstEvent: 2 }])
  expect(terminalOf(format, wire)).toEqual({ kind: 'end', index: 4, name: 'max_tokens', text: '' })
  expect(final()).toBeNull()
})

test('a stream without what the rule ends with is said to lack it', () => {
  expect(problemsOf(fold(format, sse(events.slice(0, 3), false)).turn)).toEqual(['missing-terminal'])
  expect(say(format.expected)).toBe('a value at $.why')
  const withDone = toOwnFormat({ ...rule, finish: '', done: '[END]' })
  expect(terminalOf(withDone, sse([...events, '[END]'], false))).toMatchObject({ name: '[END]', index: 5 })
  expect(fold(withDone, sse([...events, '[END]'], false)).turn).toMatchObject({ endedAt: 5, problems: [] })
  const endless = toOwnFormat({ ...rule, finish: '' })
  expect(endless.expected).toBe('')
  expect(fold(endless, wire).turn.problems).toEqual([])
})

test('it is recognised by what it finds, and by its part of the URL', () => {
  expect(matchOf(format, wire, { url: 'https://x.test/bot?a=1' })).toEqual({
    certainty: 'sure',
    evidence: ['your rule House bot finds text at $.think'],
  })
  expect(matchOf(format, wire, { url: 'https://x.test/other' })).toBeNull()
  expect(matchOf(format, sse([{ nothing: 1 }], false), { url: '/bot' })).toBeNull()
})

test("the user's rule comes before formats that are sure too", () => {
  const chunk = { object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: 'Hi' } }] }
  const sample = sampleOf('sse', toEvents('sse', [sse([chunk], false).text]))
  const own = toOwnFormat({ ...rule, url: '', text: '$.choices[0].delta.content' })
  expect(recognise(sample, [own, ...FORMATS])?.format.label).toBe('House bot')
  expect(recognise(sample)?.format.name).toBe('openai-chat')
})

test('what is wrong with a rule is said, with its field', () => {
  const fault = (given: unknown) => {
    const checked = checkRule(given)
    return isRuleError(checked) ? [checked.field, checked.error] : null
  }
  expect(fault(rule)).toBeNull()
  expect(checkRule({ name: ' a ', text: '$.b' })).toEqual({
    name: 'a',
    url: '',
    text: '$.b',
    reasoning: '',
    finish: '',
    done: '',
  })
  expect(fault(3)).toEqual(['', 'A rule is an object'])
  expect(fault({ ...rule, name: ' ' })).toEqual(['name', 'A rule has a name'])
  expect(fault({ name: 'a' })).toEqual(['text', 'A rule has a path to text or reasoning'])
  expect(fault({ ...rule, finish: '$.a[' })?.[0]).toBe('finish')
  expect(fault({ ...rule, text: 'out' })).toEqual([
    'text',
    'A path begins with $, such as $.delta.text (at character 1)',
  ])
  expect(fault({ ...rule, url: 5 })).toEqual(['url', 'url is not text'])
  expect(fault({ ...rule, done: 'x'.repeat(2_000) })).toEqual(['done', 'done is too long'])
  expect(fault({ ...rule, script: 'x' })).toEqual(['', 'A rule has no field script'])
})

test('rules go into a file and come back; a wrong file is refused as a whole', () => {
  const other = { ...rule, name: 'Other' }
  expect(parseRules(toRulesJson([rule, other]))).toEqual([rule, other])
  const fault = (file: unknown) => parseRules(typeof file === 'string' ? file : JSON.stringify(file))
  expect(fault('{')).toEqual({ field: '', error: 'The file is not JSON' })
  expect(fault({ rules: [] })).toEqual({ field: '', error: 'The file has no rules of Streamscope' })
  expect(fault({ streamscopeRules: 2, rules: [] })).toMatchObject({ error: expect.stringContaining('another version') })
  expect(fault({ streamscopeRules: 1, rules: [rule, {}] })).toEqual({
    field: 'name',
    error: 'Rule 2: A rule has a name',
  })
  expect(fault({ streamscopeRules: 1, rules: [rule, rule] })).toMatchObject({
    error: expect.stringContaining('two rules'),
  })
})

test('pointing at a text in an event makes a rule that finds it', () => {
  const json = '{"data":{"items":[{"a-b":"Hi"}],"stop_reason":null}}'
  const made = ruleFromEvent(json, ['data', 'items', 0, 'a-b'])
  expect(made).toEqual({
    name: 'My rule',
    url: '',
    text: "$.data.items[0]['a-b']",
    reasoning: '',
    finish: '$.data.stop_reason',
    done: '',
  })
  expect(isRuleError(checkRule(made))).toBe(false)
  if (isRuleError(made)) throw new Error(made.error)
  const end = '{"data":{"items":[{"a-b":"!"}],"stop_reason":"end_turn"}}'
  const { turn } = fold(toOwnFormat(made), sse([json, end], false))
  expect(textsOf(turn, 'text')).toEqual(['Hi!'])
  expect(turn.messages[0]?.finish?.kind).toBe('stop')
  expect(ruleFromEvent('hello', [])).toMatchObject({ error: 'The event is not JSON' })
  expect(ruleFromEvent(json, ['data'])).toMatchObject({ field: 'text', error: 'At $.data the event has no text' })
  expect(ruleFromEvent('"Hi"', [])).toMatchObject({ text: '$', finish: '' })
})

test('doubled deltas are said here too', () => {
  const twice = 'a b c d e f g h'.split(' ').flatMap((word) => [{ out: [{ say: word }] }, { out: [{ say: word }] }])
  expect(problemsOf(fold(format, sse([...twice, { why: 'stop' }], false)).turn)).toEqual(['duplicate-delta'])
})

test('a long stream is folded in linear time', () => {
  const growth = growthOf(format, (count) =>
    sse(
      Array.from({ length: count }, (_, i) => ({ out: [{ say: `w${i}` }] })),
      false,
    ),
  )
  expect(growth).toBeLessThan(12)
})
