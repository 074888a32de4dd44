/** Commands and code as people copy them elsewhere. */
import { expect, test } from 'vitest'
import { fillForm, readPaste } from '../../../lib/replay/paste/paste.ts'
import type { PastedRequest } from '../../../lib/replay/paste/pasted.ts'
import { toPlan } from '../../../lib/replay/editor/to-plan.ts'
import { toForm } from '../../../lib/replay/editor/from-request.ts'
import { toReplayRequest } from '../../../lib/replay/request.ts'
import { connectionFor } from '../export/odd-requests.ts'

async function read(text: string) {
  const paste = await readPaste(text)
  if ('error' in paste) throw new Error(paste.error)
  return paste
}
async function request(text: string): Promise<PastedRequest> {
  const { request: pasted, notUnderstood } = await read(text)
  expect(notUnderstood).toEqual([])
  return pasted
}
async function error(text: string): Promise<string> {
  const paste = await readPaste(text)
  return 'error' in paste ? paste.error : ''
}

test('what Chromium copies as cURL (bash)', async () => {
  const text = String.raw`curl --url 'https://api.test/v1/chat?x=\[1\]' \
  -H 'accept: */*' \
  -H 'authorization: Bearer sk-1' \
  -b 'sid=1; theme=dark' \
  -H 'content-type: application/json' \
  --data-raw $'{"text":"it\'s 100\u0025 \u0021 caf\u00e9 \ud83c\udf89\\n"}' \
  --compressed`
  expect(await request(text)).toEqual({
    method: 'POST',
    url: 'https://api.test/v1/chat?x=[1]',
    headers: [
      ['accept', '*/*'],
      ['authorization', 'Bearer sk-1'],
      ['Cookie', 'sid=1; theme=dark'],
      ['content-type', 'application/json'],
    ],
    body: { kind: 'text', text: '{"text":"it\'s 100% ! café 🎉\\n"}', untyped: false },
    options: {},
  })
})

test('what Chromium copies as cURL (cmd)', async () => {
  const text = [
    'curl ^"https://api.test/v1/chat?a=1^&b=^%^20^" ^',
    '  -H ^"accept: */*^" ^',
    '  -H ^"content-type: application/json^" ^',
    '  --data-raw ^"^{^\\^"a^\\^":^\\^"b c^\\^",^',
    '',
    '^\\^"d^\\^":1^}^"',
  ].join('\n')
  expect(await request(text)).toMatchObject({
    method: 'POST',
    url: 'https://api.test/v1/chat?a=1&b=%20',
    headers: [
      ['accept', '*/*'],
      ['content-type', 'application/json'],
    ],
    body: { kind: 'text', text: '{"a":"b c",\n"d":1}' },
  })
})

test('what Chromium copies as fetch', async () => {
  const text = `fetch("https://api.test/v1/chat", {
  "headers": { "accept": "*/*", "content-type": "application/json" },
  "referrer": "https://app.test/",
  "referrerPolicy": "strict-origin-when-cross-origin",
  "body": "{\\"a\\":1}",
  "method": "POST",
  "mode": "cors",
  "credentials": "include"
});`
  expect(await request(text)).toEqual({
    method: 'POST',
    url: 'https://api.test/v1/chat',
    headers: [
      ['accept', '*/*'],
      ['content-type', 'application/json'],
    ],
    body: { kind: 'text', text: '{"a":1}', untyped: false },
    options: {
      credentials: 'include',
      mode: 'cors',
      referrer: 'https://app.test/',
      referrerPolicy: 'strict-origin-when-cross-origin',
    },
  })
})

test('what people write by hand for curl', async () => {
  expect(await request('$ curl -sSNX PUT localhost:3000/x -d a=1 -d b=2')).toMatchObject({
    method: 'PUT',
    url: 'http://localhost:3000/x',
    headers: [['Content-Type', 'application/x-www-form-urlencoded']],
    body: { text: 'a=1&b=2' },
  })
  expect(await request(`curl https://a.test -G --data-urlencode 'q=a b&c' -d x=1`)).toMatchObject({
    method: 'GET',
    url: 'https://a.test?q=a%20b%26c&x=1',
    body: { kind: 'none' },
  })
  expect(
    await request(`curl -u me:pass -A agent/1 -e https://r.test -m 2.5 -I "https://a.test/\\"q\\""`),
  ).toMatchObject({
    method: 'HEAD',
    url: 'https://a.test/"q"',
    headers: [
      ['Authorization', `Basic ${btoa('me:pass')}`],
      ['User-Agent', 'agent/1'],
      ['Referer', 'https://r.test'],
    ],
    options: { timeoutMs: '2500' },
  })
  expect(
    await request(`curl -H'X-Empty;' -H 'Accept:' --json '{"a":' --json '1}' https://a.test > out.txt`),
  ).toMatchObject({
    method: 'POST',
    headers: [
      ['X-Empty', ''],
      ['Content-Type', 'application/json'],
    ],
    body: { text: '{"a":1}' },
  })
  expect(
    await request(
      `curl https://a.test -F 'a=1;type=text/plain' -F 'up=@"my \\"cat\\".png";filename=cat.png;type=image/png'`,
    ),
  ).toMatchObject({
    method: 'POST',
    body: {
      kind: 'form',
      entries: [
        { name: 'a', value: '1' },
        { name: 'up', fileName: 'cat.png', type: 'image/png' },
      ],
    },
  })
})

test('what of a command is not understood is said', async () => {
  const { request: pasted, notUnderstood } = await read(
    `curl -x proxy:1 --retry 3 -b jar.txt "https://a.test/$HOME" -d @body.json https://b.test`,
  )
  expect(notUnderstood).toEqual([
    'The option --proxy is left out.',
    'The option --retry is left out.',
    'The option --cookie is left out.',
    'The body is in the file body.json: choose it.',
    'Only the first of the URLs is taken.',
    '$HOME is for the shell to fill in: it stands as it is written.',
  ])
  expect(pasted).toMatchObject({ method: 'POST', url: 'https://a.test/$HOME', body: { kind: 'file' } })
})

test('what people write by hand for fetch', async () => {
  const text = `
    // how the app does it
    const url = \`https://api.test/\${'v1'}\`
    const body = { model: 'm', n: -1, deep: [{ a: null, b: true }] }
    async function ask() {
      const answer = await window.fetch(url + '/chat', {
        method: 'post',
        headers: new Headers([['Content-Type', 'application/json'], ['X', '1']]),
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(30 * 1000),
      })
    }`
  expect(await request(text)).toMatchObject({
    method: 'POST',
    url: 'https://api.test/v1/chat',
    headers: [
      ['Content-Type', 'application/json'],
      ['X', '1'],
    ],
    body: { text: '{"model":"m","n":-1,"deep":[{"a":null,"b":true}]}' },
    options: { timeoutMs: '30000' },
  })
  expect(
    await request(`fetch(new Request('/x', { method: 'PUT' }), { body: new URLSearchParams({ a: 'b c' }) })`),
  ).toMatchObject({
    method: 'PUT',
    url: '/x',
    headers: [['Content-Type', 'application/x-www-form-urlencoded;charset=UTF-8']],
    body: { text: 'a=b+c' },
  })
})

test('what only running the code could tell is said, and the rest is taken', async () => {
  const { request: pasted, notUnderstood } = await read(
    `fetch('https://a.test', { method: 'POST', headers: { Authorization: 'Bearer ' + token, A: '1' }, body: makeBody(), priority: 'high' })`,
  )
  expect(notUnderstood).toEqual([
    "A header cannot be told without running the code: 'Bearer ' + token",
    'The body cannot be told without running the code: makeBody()',
  ])
  expect(pasted).toMatchObject({ method: 'POST', headers: [['A', '1']], body: { kind: 'file' } })
})

test('code is read and never run', async () => {
  const before = Object.keys(globalThis).length
  await read(`globalThis.ran = true; fetch('https://a.test', { body: (() => { globalThis.ran = 1 })() })`)
  expect('ran' in globalThis).toBe(false)
  expect(Object.keys(globalThis)).toHaveLength(before)
})

test.each([
  ['', 'Paste a curl command or a call of fetch.'],
  ['hello', 'There is no curl command in this text.'],
  ['curl -X POST', 'The curl command has no URL.'],
  ['fetch(', 'This is no JavaScript: line 1, column 7.'],
  ['fetch(url)', 'The URL of the call cannot be told without running the code.'],
  ["// fetch('x')\nconst a = 1", 'There is no call of fetch in this code.'],
  [
    'Invoke-WebRequest -Uri "https://a.test"',
    'Commands for PowerShell cannot be read: copy it as cURL (bash), cURL (cmd) or fetch.',
  ],
])('%s is no request, and the message says why', async (text, message) => {
  expect(await error(text)).toBe(message)
})

test('half of a command, and any text, is read or refused without a failure', async () => {
  const whole = String.raw`curl 'https://a.test' -H $'A: \x41\'' --data-raw "b\"c" -F 'x=@"y"' ^"z^" | base64 -d`
  const code = `fetch('https://a.test', { headers: { a: 'b' }, body: new Blob(['c'], { type: 'd' }) })`
  const parts = [whole, code].flatMap((text) => Array.from(text, (_, length) => text.slice(0, length)))
  const pastes = await Promise.all(parts.map(readPaste))
  const isSaid = pastes.map((paste) => ('error' in paste ? paste.error !== '' : paste.request.url !== ''))
  expect(isSaid).not.toContain(false)
})

test('a Blob keeps its type', async () => {
  const form = toForm(toReplayRequest(connectionFor({}, 'https://a.test')))
  const pasted = await request(
    `fetch('https://a.test', { method: 'PUT', body: new Blob(['{"a":1}'], { type: 'text/x' }) })`,
  )
  expect(toPlan(fillForm(form, pasted), {}, null).plan.request).toMatchObject({
    headers: [['Content-Type', 'text/x']],
    body: { kind: 'bytes', base64: btoa('{"a":1}'), type: '' },
  })
})

test('options and variables may have any name', async () => {
  const { notUnderstood } = await read('curl --constructor --__proto__ https://a.test')
  expect(notUnderstood).toEqual(['The option --constructor is left out.', 'The option --__proto__ is left out.'])
  const names = await request(`const __proto__ = 1, constructor = 'x'; fetch('https://a.test/' + constructor)`)
  expect(names.url).toBe('https://a.test/x')
})

test('the form takes over the pasted request and keeps how it is sent', async () => {
  const form = {
    ...toForm(toReplayRequest(connectionFor({}, 'https://a.test'))),
    way: 'extension',
    times: '5',
  } as const
  const filled = fillForm(form, await request(`curl https://b.test -d '{"a":1}' -H 'Content-Type: application/json'`))
  expect(filled).toMatchObject({
    way: 'extension',
    times: '5',
    method: 'POST',
    body: { kind: 'json', text: '{"a":1}' },
  })
})
