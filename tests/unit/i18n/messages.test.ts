import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readSources } from './sources.ts'

const folder = join(import.meta.dirname, '../../../lib/i18n/zh-CN')
const files = readdirSync(folder).map((name) => ({
  name,
  messages: JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, string>,
}))
const translated = new Map(files.flatMap(({ messages }) => Object.entries(messages)))
const sources = readSources()

/** Parts that are not translated yet. */
const NOT_YET = ['components/settings/']

const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].toSorted()

test('the source was read: messages were found', () => {
  expect(sources.messages.length).toBeGreaterThan(3)
})

test('each message has a Chinese translation', () => {
  const missing = sources.messages
    .filter(({ text }) => !translated.has(text))
    .map(({ text, place }) => `${place}: ${text}`)
  expect(missing).toEqual([])
})

test('a translation fills the same places', () => {
  const wrong = [...translated].filter(
    ([english, chinese]) => placeholders(chinese).join() !== placeholders(english).join(),
  )
  expect(wrong).toEqual([])
})

test('no translation is left of a message that is gone', () => {
  const used = new Set(sources.messages.map(({ text }) => text))
  expect([...translated.keys()].filter((message) => !used.has(message))).toEqual([])
})

test('a message that stands in two files has one translation', () => {
  const twice = files.flatMap(({ name, messages }) =>
    Object.entries(messages).flatMap(([english, chinese]) =>
      translated.get(english) === chinese ? [] : [`${name}: ${english}`],
    ),
  )
  expect(twice).toEqual([])
})

test('components show no text that cannot be translated', () => {
  const bare = sources.bare
    .filter(({ place }) => !NOT_YET.some((part) => place.startsWith(part)))
    .map(({ text, place }) => `${place}: ${text}`)
  expect(bare).toEqual([])
})
