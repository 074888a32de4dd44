/** Words that stand in tables and are translated where they are shown: a word that nobody marked would stay English unseen. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { CONNECTION_COLUMNS } from '../../../components/connections/ConnectionRow.tsx'
import { STATE_GROUPS } from '../../../components/connections/state-filter.ts'
import { toChoiceWord } from '../../../components/connections/StateFilter.tsx'
import { toStateWord } from '../../../lib/endings/state-words.ts'
import { lookOfSeverity } from '../../../components/findings/SeverityLabel.tsx'
import { keyAreas } from '../../../components/panel/keys.ts'
import { TABS } from '../../../components/panel/panel-state.ts'
import { COPY_FORMATS } from '../../../lib/export/copy-as.ts'
import { complete } from '../../../lib/filter/complete.ts'
import { CONNECTION_GRAMMAR } from '../../../lib/filter/connection-filter.ts'
import { EVENT_GRAMMAR } from '../../../lib/filter/event-filter.ts'
import { createFilterReader } from '../../../lib/filter/reader.ts'
import { applyLanguage } from '../../../lib/i18n/languages.ts'
import { toUnseenWords } from '../../../lib/replay/request.ts'
import type { LiveState, Verdict } from '../../../lib/session/types.ts'

const folder = join(import.meta.dirname, '../../../lib/i18n/zh-CN')
const translated = new Set(
  readdirSync(folder).flatMap((name) =>
    Object.keys(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, string>),
  ),
)
const isChinese = (text: string) => /\p{Script=Han}/u.test(text)
const untranslated = (messages: readonly string[]) => messages.filter((message) => !translated.has(message))

afterEach(() => applyLanguage('en', ''))

const STATES = {
  connecting: 1,
  waiting: 1,
  open: 1,
  stalled: 1,
  unread: 1,
  reconnecting: 1,
  completed: 1,
  incomplete: 1,
  cancelled: 1,
  aborted: 1,
  'timed out': 1,
  'http error': 1,
  refused: 1,
  unreachable: 1,
  lost: 1,
  'error event': 1,
  'page gone': 1,
} satisfies Record<LiveState | Verdict, 1>

test('every state and group of states has a Chinese word of its own', () => {
  applyLanguage('zh-CN', '')
  const words = (Object.keys(STATES) as (keyof typeof STATES)[]).map(toStateWord)
  expect(words.filter((word) => !isChinese(word))).toEqual([])
  expect(new Set(words).size).toBe(words.length)
  expect(STATE_GROUPS.map(([group]) => toChoiceWord(group)).filter((word) => !isChinese(word))).toEqual([])
})

test('tabs, columns, keys, severities and ways to copy are translated', () => {
  expect(untranslated(TABS)).toEqual([])
  expect(
    untranslated(CONNECTION_COLUMNS.flatMap(([, name, title]) => (name === '#' ? [title] : [name, title]))),
  ).toEqual([])
  expect(untranslated(keyAreas('Ctrl').flatMap(({ name, lines }) => [name, ...lines.map(({ does }) => does)]))).toEqual(
    [],
  )
  expect(
    untranslated((['problem', 'warning', 'hint'] as const).map((severity) => lookOfSeverity(severity)[0])),
  ).toEqual([])
  // The others are names.
  expect(COPY_FORMATS.filter(({ label }) => translated.has(label)).map(({ label }) => label)).toEqual(['HTTP message'])
})

test('filters offer their keys with a hint in the user’s language', () => {
  expect(untranslated([...EVENT_GRAMMAR.keys, ...CONNECTION_GRAMMAR.keys].map(({ hint }) => hint))).toEqual([])
  applyLanguage('zh-CN', '')
  expect(complete('siz', 3, EVENT_GRAMMAR, () => [])).toMatchObject([{ label: 'size:', hint: '数据大小，>1k' }])
})

test('a mistake in a filter is said anew when the language changes, and each kind has its words', () => {
  const read = createFilterReader(EVENT_GRAMMAR)
  const text = 'size:x number:y gap:z chunk:3..1 is:nothing nope:1 /(/ $..a:1'
  const messages = () => read(text).errors.map(({ message }) => message)
  const english = messages()
  expect(english).toHaveLength(8)
  expect(english.filter(isChinese)).toEqual([])
  applyLanguage('zh-CN', '')
  expect(messages()).toHaveLength(8)
  expect(messages().filter((message) => !isChinese(message))).toEqual([])
})

test('what capture says of a body in English is known to those who translate it', () => {
  const capture = join(import.meta.dirname, '../../../lib/capture')
  const whys = readdirSync(capture).flatMap((file) =>
    Array.from(readFileSync(join(capture, file), 'utf8').matchAll(/why: '([^']+)'/g), ([, why = '']) => why),
  )
  expect(whys).not.toEqual([])
  applyLanguage('zh-CN', '')
  expect(whys.map((why) => toUnseenWords(why)).filter((why) => !isChinese(why))).toEqual([])
})
