/** What is said of streams: kept figures and tables of words are put into the language of now whenever they are shown. */
import { afterEach, expect, test } from 'vitest'
import { COLUMN_FACTS } from '../../../components/events/columns.ts'
import { kindWord } from '../../../components/events/EventRow.tsx'
import { turnFacts } from '../../../components/message/TurnFacts.tsx'
import { figureRows } from '../../../components/timeline/figure-rows.ts'
import { toNetErrorWords } from '../../../lib/endings/net-errors.ts'
import { applyLanguage } from '../../../lib/i18n/languages.ts'
import { t } from '../../../lib/i18n/translate.ts'
import { isLiveState, toLiveSentence } from '../../../lib/session/live-state.ts'
import { createLosses } from '../../../lib/session/losses.ts'
import type { EntryKind } from '../../../lib/session/types.ts'
import { createGaps } from '../../../lib/timeline/gaps.ts'
import { MARK_NAMES } from '../../../lib/timeline/marks.ts'
import { toMarkdownText } from '../../../lib/turns/copy.ts'
import { createTurnFigures } from '../../../lib/turns/figures.ts'
import { turnReaderOf } from '../../../lib/turns/turn-reader.ts'
import { attempt, chunk, demand, dispatched, end, head, open } from '../../helpers/stream-builders.ts'
import { connectionOf } from '../session/connection-of.ts'
import { chatEvent } from '../turns/chat-streams.ts'
import { leftEnglish } from './left-english.ts'

const speakChinese = () => applyLanguage('zh-CN', '')
afterEach(() => applyLanguage('en', ''))

const english = (texts: readonly string[]) => texts.filter((text) => leftEnglish(text) !== '')

test('an ending’s sentence and evidence follow the language', () => {
  const { ending } = connectionOf(open(), head(), chunk('data: a\n\ndata: b'), end('done', { atMs: 3_300 }))
  expect(ending?.sentence).toContain('The server closed the stream 3.2 s in, after 1 event, but')
  speakChinese()
  expect(ending?.sentence).toBe(
    "服务器在 3.2 s 时（已收到 1 个事件）关闭了流，但文本在数据段中间截断：'data: b'。HTTP 状态码为 200。",
  )
  expect(ending?.evidence[0]).toEqual({ name: '首先', value: '服务器关闭了流' })
  applyLanguage('en', '')
  expect(ending?.evidence[0]).toEqual({ name: 'First', value: 'the server closed the stream' })
})

test('what was lost is said in the language of now', () => {
  const losses = createLosses()
  losses.otherVersion(2, 1)
  losses.dropped(2, 3_000)
  losses.lost(1, 10)
  losses.cut()
  losses.unreadableBatch()
  losses.badRecord()
  losses.misplacedRecord()
  expect(losses.sentences).toHaveLength(7)
  expect(losses.sentences[1]).toContain('2 records (3.0 kB)')
  speakChinese()
  expect(losses.sentences[1]).toContain('2 条记录（3.0 kB）')
  expect(english(losses.sentences)).toEqual([])
})

const source = open({ transport: 'eventsource' })
const beating = Array.from({ length: 5 }, (_, index) => chunk(': beat\n\n', { atMs: 1_000 * index + 200 }))
const ticking = Array.from({ length: 5 }, (_, index) => chunk('data: a\n\n', { atMs: 1_000 * index + 200 }))

test.each([
  ['connecting', connectionOf(open())],
  ['waiting', connectionOf(open(), head())],
  ['waiting', connectionOf(source, attempt('open'))],
  ['open', connectionOf(open(), head(), chunk('data: a\n\n'))],
  ['open', connectionOf(open(), head(), ...beating)],
  ['stalled', connectionOf(open(), head(), ...ticking)],
  ['stalled', connectionOf(open(), head(), ...beating, ...ticking)],
  ['unread', connectionOf(open(), head(), chunk('data: a\n\n'), demand(false))],
  ['reconnecting', connectionOf(source, attempt('open'), attempt('reconnecting', { atMs: 500 }))],
  [
    'reconnecting',
    connectionOf(source, attempt('open'), dispatched('a', { id: '7' }), attempt('reconnecting', { atMs: 500 })),
  ],
] as const)('a live connection that is %s is described in Chinese', (state, { marks }) => {
  speakChinese()
  expect(isLiveState(state)).toBe(true)
  expect(leftEnglish(toLiveSentence(marks, state, 60_000))).toBe('')
})

test('the browser’s names for failures are explained in Chinese', () => {
  speakChinese()
  expect(toNetErrorWords('net::ERR_CONNECTION_RESET')).toBe('连接被重置（net::ERR_CONNECTION_RESET）')
  expect(leftEnglish(toNetErrorWords('net::ERR_CERT_DATE_INVALID'))).toBe('')
})

const KINDS = { event: 1, comment: 1, retry: 1, 'no-data': 1, ignored: 1, tail: 1 } satisfies Record<EntryKind, 1>

test('columns, kinds of entries and marks have Chinese words', () => {
  speakChinese()
  const columns = Object.values(COLUMN_FACTS).flatMap(({ name, title }) => [name, title].map((text) => t(text)))
  // Signs and names of fields are the same in every language.
  expect(english(columns).filter((text) => !['#', 'Δ', 'ID'].includes(text))).toEqual([])
  const kinds = (Object.keys(KINDS) as EntryKind[]).flatMap((kind) => kindWord(kind) ?? [])
  expect(english(kinds).filter((text) => text !== 'retry')).toEqual([])
  expect(english(MARK_NAMES.map((name) => t(name)))).toEqual([])
})

test.each([open(), source])('figures and how they are computed are Chinese', (opened) => {
  speakChinese()
  const connection = connectionOf(opened, head(), chunk('data: a\n\n'), chunk('data: b\n\n', { atMs: 900 }))
  const gaps = createGaps(connection.entries)
  gaps.update()
  const figures = figureRows({ connection, gaps, firstTextAtMs: null, durationMs: 400, selected: null })
  expect(english(figures.flatMap(({ name, how }) => [t(name), how]))).toEqual([])
})

test('an answer’s figures and its copy are Chinese but for what the model wrote', () => {
  speakChinese()
  const connection = connectionOf(
    open(),
    head(),
    chunk(chatEvent({ role: 'assistant', reasoning_content: 'Why' })),
    chunk(chatEvent({ content: 'Because' }, 'length'), { atMs: 900 }),
  )
  const reader = turnReaderOf(connection)
  reader.update(100)
  const { turn } = reader
  if (turn === null) throw new Error('no chat format was recognised')
  const figures = createTurnFigures(connection.entries)
  figures.update(turn, 100)
  const facts = turnFacts(connection, turn, figures, { input: 1, output: 2 })
  expect(facts.map(([name]) => t(name))).toContain('首段推理')
  expect(english(facts.flatMap(([name, , how]) => [t(name), how]))).toEqual([])
  expect(toMarkdownText(turn)).toContain('_结束原因：length_')
})
