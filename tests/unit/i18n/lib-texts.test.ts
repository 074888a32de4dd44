/** Sentences that `lib` makes are translated: one that is written down outside of `t` and its like would stay English unseen. */
import { expect, test } from 'vitest'
import { bareTextsOf, findBareTexts } from './bare-texts.ts'

/** Files whose texts are no interface, and why. */
const EXCUSED_FILES: Readonly<Record<string, string>> = {
  'lib/export/curl-cmd.ts': 'code, with its comments in English',
  'lib/export/curl-powershell.ts': 'code, with its comments in English',
  'lib/export/curl.ts': 'code, with its comments in English',
  'lib/export/event-source.ts': 'code, with its comments in English',
  'lib/export/fetch.ts': 'code',
  'lib/export/har.ts': 'comments in a file that others read',
  'lib/export/http-message.ts': 'a message, with its comments in English',
  'lib/export/javascript.ts': 'code',
  'lib/export/multipart.ts': 'a format',
  'lib/export/python.ts': 'code',
  'lib/export/redact.ts': 'a comment in generated code',
  'lib/replay/paste/curl-options.ts': "curl's own names",
  'lib/replay/paste/curl.ts': "curl's own names",
}

/** Texts that are none, and why. */
const EXCUSED: Readonly<Record<string, string>> = {
  'Cohere chat': 'a name',
  'OpenAI chat completions': 'a name',
  'Vercel AI UI message stream': 'a name',
  'Vercel AI data stream (lines)': 'a name',
  'cURL (bash)': 'a name',
  'cURL (cmd)': 'a name',
  'Node fetch': 'a name',
  'Python (httpx)': 'a name',
  '"(nested too deeply to be shown)"': 'stands in a JSON text',
  'in the body': 'a piece of what capture wrote',
  'The storage failed.': 'an error that is caught and shown to nobody',
  'audio transcript': "a part's key",
  'tool call {}': "a part's key",
  'state delta': "an event's name",
  'tool plan': "a part's key",
  '{} partial image': "a part's key",
  'first event': 'a value, named in its table',
}

const isExcused = ({ text, place }: { readonly text: string; readonly place: string }) =>
  text in EXCUSED || (place.split(':')[0] ?? '') in EXCUSED_FILES

const found = findBareTexts()

test('lib writes no sentence that cannot be translated', () => {
  expect(found.filter((one) => !isExcused(one)).map(({ text, place }) => `${place}: ${text}`)).toEqual([])
})

test('nothing is excused that is not there', () => {
  const texts = new Set(found.map(({ text }) => text))
  const files = new Set(found.map(({ place }) => place.split(':')[0]))
  expect(Object.keys(EXCUSED).filter((text) => !texts.has(text))).toEqual([])
  expect(Object.keys(EXCUSED_FILES).filter((file) => !files.has(file))).toEqual([])
})

test('a bare sentence is found, whole or in pieces; what is translated, compared or a name is not', () => {
  const textsIn = (code: string) => bareTextsOf('a.ts', code).map(({ text }) => text)
  expect(textsIn("const a = { title: 'Bad retry', text: `${n} events came late` }")).toEqual([
    'Bad retry',
    '{} events came late',
  ])
  expect(textsIn("t('No event came', { who: 'the server itself' })")).toEqual(['the server itself'])
  expect(textsIn("tn(n, 'one event came', 'many events came'); msg('Bad retry'); saying('Bad retry')")).toEqual([])
  expect(textsIn("if (state === 'page gone') switch (a) { case 'timed out': b['http error'] = 'POST' }")).toEqual([])
})
