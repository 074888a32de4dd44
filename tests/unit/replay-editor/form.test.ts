import { expect, test } from 'vitest'
import { createReplayEditor } from '../../../lib/replay/editor/editor.ts'
import { type ReplayForm, withAs, withHeader } from '../../../lib/replay/editor/form.ts'
import { toForm } from '../../../lib/replay/editor/from-request.ts'
import { placeProblems } from '../../../lib/replay/editor/place-problems.ts'
import { filesMissing, toPlan } from '../../../lib/replay/editor/to-plan.ts'
import { joinUrl, splitUrl } from '../../../lib/replay/editor/url.ts'
import { checkPlan } from '../../../lib/replay/check.ts'
import { toReplayRequest } from '../../../lib/replay/request.ts'
import { connectionFor, ODD_REQUESTS, type OddRequest, text } from '../export/odd-requests.ts'

const ORIGIN = 'https://api.test'
const formOf = (odd: OddRequest): ReplayForm => toForm(toReplayRequest(connectionFor(odd, ORIGIN)))
const planOf = (form: ReplayForm, variables = {}) => toPlan(form, variables, 'd1/1')
const said = (form: ReplayForm, variables = {}) =>
  planOf(form, variables).problems.map(({ place, message }) => `${place}: ${message}`)

test.each(Object.keys(ODD_REQUESTS))('%s, left as it is, is sent as it was', (name) => {
  const request = toReplayRequest(connectionFor(ODD_REQUESTS[name] ?? {}, ORIGIN))
  const form = toForm(request)
  const { plan, problems } = planOf(form)
  expect(problems).toEqual([])
  expect(plan.request.url).toBe(request.url)
  expect(plan.request.method).toBe(request.method)
  expect(plan.request.headers).toEqual(request.headers)
  expect(plan.request.credentials).toBe(request.transport === 'eventsource' ? 'include' : 'same-origin')
  const { sizeBytes: _, cut: __, ...recorded } = { sizeBytes: 0, cut: false, ...request.body }
  expect(plan.request.body).toEqual(recorded)
})

test('a JSON body opens as JSON, a form in the URL’s encoding as its fields, other text as text', () => {
  expect(formOf(text('{"a":1}')).body).toMatchObject({ kind: 'json', text: '{"a":1}' })
  expect(formOf(text('a=1&b=%26+x&&c', 'application/x-www-form-urlencoded')).body).toMatchObject({
    kind: 'urlencoded',
    params: [{ raw: 'a=1' }, { raw: 'b=%26+x' }, { raw: '' }, { raw: 'c' }],
  })
  expect(formOf(text('hello', 'text/plain')).body).toMatchObject({ kind: 'text', text: 'hello' })
})

test('a Blob of JSON can be edited as text and keeps its type', () => {
  const form = formOf({
    method: 'POST',
    body: { kind: 'bytes', base64: btoa('{"a":1}'), sizeBytes: 7, cut: false, type: 'application/json' },
  })
  expect(form.body).toMatchObject({ kind: 'json', text: '{"a":1}' })
  expect(planOf(form).plan.request).toMatchObject({
    headers: [['Content-Type', 'application/json']],
    body: { kind: 'bytes', base64: btoa('{"a":1}'), type: '' },
  })
})

test.each([
  ['a stream', { kind: 'stream' } as const],
  ['a body that could not be seen', { kind: 'unseen', why: 'x' } as const],
  ['bytes that were too many', { kind: 'bytes', base64: '', sizeBytes: 9e6, cut: true, type: '' } as const],
])('%s cannot be sent again until the user says what to send in its place', (_, body) => {
  const form = formOf({ method: 'POST', body })
  const { plan } = planOf(form)
  expect(plan.request.body).toMatchObject({ kind: 'missing', why: expect.stringContaining('not recorded') })
  const without = planOf({ ...form, body: { ...form.body, missing: '' } })
  expect(without.plan.request.body).toEqual({ kind: 'none' })
})

test('of a body that was cut, the beginning is there to be completed', () => {
  const form = formOf({ method: 'POST', body: { kind: 'text', text: '{"a":', sizeBytes: 900_000, cut: true } })
  expect(form.body.text).toBe('{"a":')
  expect(planOf(form).plan.request.body.kind).toBe('missing')
})

test('files of a form have to be chosen again, and the form says which', () => {
  const form = formOf({
    method: 'POST',
    body: {
      kind: 'form',
      entries: [
        { name: 'a', value: '1' },
        { name: 'up', fileName: 'cat.png', type: 'image/png', sizeBytes: 5 },
      ],
    },
  })
  expect(filesMissing(form)).toBe('1 file has to be chosen again.')
  const planned = planOf(form)
  const file = form.body.parts[1]
  const problems = checkPlan(planned.plan, {
    pageUrl: `${ORIGIN}/`,
    originalPageUrl: `${ORIGIN}/`,
    page: 'ready',
    isGranted: true,
  })
  expect(placeProblems(problems, planned)).toMatchObject([{ place: `part ${file?.id}`, severity: 'error' }])
  const chosen = { name: 'dog.png', type: 'image/png', base64: 'AAEC', sizeBytes: 3 }
  const parts = form.body.parts.map((part) => (part.kind === 'file' ? { ...part, file: chosen } : part))
  expect(filesMissing({ ...form, body: { ...form.body, parts } })).toBe('')
  expect(planOf({ ...form, body: { ...form.body, parts } }).plan.request.body).toMatchObject({
    entries: [{ value: '1' }, { fileName: 'cat.png', base64: 'AAEC' }],
  })
})

test('what is wrong with a header stands at its row, also when rows above are switched off', () => {
  const form = formOf({
    headers: [
      ['X-One', '1'],
      ['X-Two', '2'],
    ],
  })
  const [one, two] = form.headers
  const changed = {
    ...form,
    headers: form.headers.map((row) => (row === one ? { ...row, on: false } : { ...row, name: 'Cookie' })),
  }
  const planned = planOf(changed)
  expect(planned.plan.request.headers).toEqual([['Cookie', '2']])
  const around = { pageUrl: ORIGIN, originalPageUrl: ORIGIN, page: 'ready', isGranted: true } as const
  expect(placeProblems(checkPlan(planned.plan, around), planned)).toMatchObject([
    { place: `header ${two?.id}`, wayOn: 'extension' },
  ])
  const asExtension = planOf({ ...changed, way: 'extension' })
  expect(placeProblems(checkPlan(asExtension.plan, around), asExtension)).toEqual([])
})

test('figures that are none are said at their fields, and nothing else is lost', () => {
  const form = { ...formOf({}), timeoutMs: '5s', times: '0', stopEvents: '3', atOnce: '' }
  expect(said(form).map((line) => line.split(':')[0])).toEqual(['timeoutMs', 'times'])
  expect(planOf(form).plan).toMatchObject({ stopAfter: { events: 3, ms: null }, repeat: { atOnce: 1 } })
})

test('a mistake in JSON is said with its place, and can be sent all the same', () => {
  const form = formOf(text('{"a":1}'))
  const broken = { ...form, body: { ...form.body, text: '{\n "a": tru\n}' } }
  expect(planOf(broken).problems).toMatchObject([
    { place: 'body', severity: 'warning', values: { line: 2, column: 7, what: 'This is no JSON value.' } },
  ])
  expect(planOf(broken).plan.request.body).toMatchObject({ text: '{\n "a": tru\n}' })
})

test('variables are filled in as each place needs it', () => {
  const form = formOf({
    ...text('{"t":"{{token}}","n":{{n}},"s":"{{missing}}"}'),
    headers: [['Authorization', 'Bearer {{ token }}']],
  })
  const used: ReplayForm = { ...form, usesVariables: true, url: splitUrl('{{base}}/x?q={{token}}') }
  const variables = { token: 'a"b &c', n: '7', base: 'https://staging.test:8443' }
  const { plan, problems } = planOf(used, variables)
  expect(plan.request.url).toBe('https://staging.test:8443/x?q=a%22b%20%26c')
  expect(plan.request.headers).toEqual([
    ['Authorization', 'Bearer a"b &c'],
    ['Content-Type', 'application/json'],
  ])
  expect(plan.request.body).toEqual({ kind: 'text', text: '{"t":"a\\"b &c","n":7,"s":"{{missing}}"}' })
  expect(problems).toMatchObject([{ place: 'body', severity: 'error', values: { name: 'missing' } }])
})

test('where the original has braces of its own, they are sent as they stand', () => {
  const body = '{"prompt":"Hello {{name}}"}'
  const form = formOf(text(body))
  expect(form.usesVariables).toBe(false)
  expect(planOf(form, { name: 'x' }).plan.request.body).toEqual({ kind: 'text', text: body })
  expect(said(form)).toEqual([])
})

test('a JSON body and form fields get their types where no header says one', () => {
  const form = formOf({ method: 'POST' })
  const typeOf = (body: Partial<ReplayForm['body']>) =>
    planOf({ ...form, body: { ...form.body, ...body } }).plan.request.headers
  expect(typeOf({ kind: 'json', text: '1' })).toEqual([['Content-Type', 'application/json']])
  expect(typeOf({ kind: 'urlencoded' })[0]?.[1]).toMatch(/^application\/x-www-form-urlencoded/)
  expect(typeOf({ kind: 'text', text: 'a' })).toEqual([])
})

test('an EventSource that is sent by fetch asks for the same as before', () => {
  const form = formOf({ transport: 'eventsource' })
  const asFetch = withAs(form, 'fetch')
  expect(planOf(asFetch).plan).toMatchObject({
    as: 'fetch',
    request: { headers: [['Accept', 'text/event-stream']], cache: 'no-store' },
  })
  expect(withAs(asFetch, 'fetch').headers).toEqual(asFetch.headers)
  expect(withAs(formOf({}), 'fetch').headers).toEqual([])
})

test('undo takes back whole fields, redo brings them again, and a new change ends that', () => {
  let now = 0
  const editor = createReplayEditor(formOf({ path: '/a' }), () => now)
  const type = (url: string) => editor.edit((form) => ({ ...form, url: splitUrl(url) }), 'url')
  const url = () => joinUrl(editor.form.value.url)
  type('https://api.test/ab')
  now += 500
  type('https://api.test/abc')
  now += 5_000
  type('https://api.test/abcd')
  editor.edit((form) => ({ ...form, headers: withHeader(form.headers, 'X-A', '1') }))
  editor.undo()
  expect(editor.form.value.headers).toEqual([])
  editor.undo()
  expect(url()).toBe('https://api.test/abc')
  editor.undo()
  expect(url()).toBe('https://api.test/a')
  expect([editor.canUndo.value, editor.canRedo.value, editor.isChanged.value]).toEqual([false, true, false])
  editor.redo()
  expect(url()).toBe('https://api.test/abc')
  editor.edit((form) => ({ ...form, method: 'PUT' }))
  expect(editor.canRedo.value).toBe(false)
  editor.reset()
  expect(editor.form.value).toMatchObject({ method: 'GET' })
  editor.undo()
  expect(editor.form.value).toMatchObject({ method: 'PUT' })
})

test('undo goes back through some hundred steps and no further', () => {
  const editor = createReplayEditor(formOf({}))
  for (let n = 1; n <= 500; n += 1) editor.edit((form) => ({ ...form, timeoutMs: String(n) }))
  let steps = 0
  for (; editor.canUndo.value; steps += 1) editor.undo()
  expect([steps, editor.form.value.timeoutMs]).toEqual([300, '200'])
})
