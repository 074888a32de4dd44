import { afterEach, expect, test } from 'vitest'
import type { Finding } from '../../../lib/findings/finding.ts'
import { toMarkdown } from '../../../lib/findings/findings.ts'
import { applyLanguage } from '../../../lib/i18n/languages.ts'
import { say } from '../../../lib/i18n/saying.ts'
import type { Connection } from '../../../lib/session/types.ts'
import { turnReaderOf } from '../../../lib/turns/turn-reader.ts'
import { eventSource, events, fetched, lookAt } from '../findings/streams.ts'
import { DONE, chatEvent } from '../turns/chat-streams.ts'

afterEach(() => applyLanguage('en', ''))

const isChinese = (text: string) => /\p{Script=Han}/u.test(text)

/** Streams with much to say of them, in figures, quotes and headers. */
const STREAMS: Readonly<Record<string, () => Connection>> = {
  'a buffered stream': () =>
    fetched({
      headers: [
        ['server', 'nginx'],
        ['content-encoding', 'gzip'],
        ['content-length', '800'],
      ],
      chunks: [
        [1000, events(12)],
        [2000, events(12, 13)],
        [3500, events(12, 25)],
      ],
      endAtMs: 60_000,
    }),
  'broken blocks': () =>
    fetched({
      type: 'text/plain',
      chunks: [[6000, 'Data: a\n\nretry: soon\n\nmeta: 1\nmeta: 2\nevent: x\n\nlost\ndata: b']],
      endAtMs: 6001,
    }),
  'a page that reads late': () => fetched({ chunks: [[3000, events(12)]], pauses: [[100, 2900]] }),
  'a loop': () =>
    eventSource(...[1, 2, 3, 4, 5].flatMap((n) => [['open', n * 100] as const, ['break', n * 100 + 50] as const])),
  'a chat answer': () =>
    fetched({
      chunks: [[100, `${chatEvent('Hi')}data: {oops\n\n${chatEvent('', 'length')}${DONE}${DONE}`]],
      endAtMs: 150,
    }),
}

const textsOf = ({ title, sentence, evidence, advice }: Finding) => [
  title,
  sentence,
  ...evidence.map(({ text }) => text),
  ...advice,
]

test.for(Object.entries(STREAMS))('%s: what is found is said in the language of now', ([, toConnection]) => {
  const connection = toConnection()
  const english = lookAt(connection)
  expect(english.length).toBeGreaterThan(0)
  expect(english.flatMap(textsOf).filter(isChinese)).toEqual([])
  applyLanguage('zh-CN', '')
  const chinese = lookAt(connection)
  expect(chinese.map(({ rule }) => rule)).toEqual(english.map(({ rule }) => rule))
  const prose = chinese.flatMap(({ title, sentence, advice }) => [title, sentence, ...advice])
  expect(prose.filter((text) => !isChinese(text))).toEqual([])
  // What stays as it was is a quote, a header or an address.
  const kept = english.flatMap(textsOf).filter((text) => chinese.flatMap(textsOf).includes(text))
  expect(kept.filter((text) => !/^'|^[\w-]+: \S+$/.test(text))).toEqual([])
  expect(chinese.flatMap(textsOf).filter((text) => /\{[a-z]\w*\}/i.test(text))).toEqual([])
})

test('a finding that is copied has its headings in Chinese, too', () => {
  const connection = fetched({ chunks: [[100, 'retry: soon\n\ndata: a\n\n']] })
  applyLanguage('zh-CN', '')
  expect(
    lookAt(connection)
      .map(toMarkdown)
      .join('\n')
      .replaceAll(/^- .*$/gm, '-'),
  ).toBe(
    [
      '**retry 无效**（警告）',
      '',
      "'retry: soon' 不是整数毫秒。浏览器会忽略它，等待时间保持不变。",
      '',
      '证据：',
      '',
      '-',
      '',
      '处理建议：',
      '',
      '-',
    ].join('\n'),
  )
})

test('what a turn kept of its stream is put into words anew', () => {
  const reader = turnReaderOf(
    fetched({ chunks: [[100, `${chatEvent('Hi')}data: {oops\n\n${chatEvent('', 'stop')}`]], endAtMs: 150 }),
  )
  reader.update(Infinity)
  const said = () => [
    ...(reader.turn?.problems ?? []).map(({ text }) => say(text)),
    ...(reader.match?.evidence ?? []).map(say),
  ]
  expect(said()).toEqual([
    'Not JSON: {oops',
    'The stream ended without [DONE], though finish_reason came',
    "an event's object is chat.completion.chunk",
  ])
  applyLanguage('zh-CN', '')
  expect(said()).toEqual([
    '不是 JSON：{oops',
    '流结束时没有 [DONE]，不过 finish_reason 已到达',
    '有事件的 object 为 chat.completion.chunk',
  ])
})
