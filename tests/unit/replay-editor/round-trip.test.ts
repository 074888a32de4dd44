/** What the product itself copies out fills the editor with the very same request. */
import { expect, test } from 'vitest'
import { COPY_FORMATS } from '../../../lib/export/copy-as.ts'
import { toForm } from '../../../lib/replay/editor/from-request.ts'
import { toPlan } from '../../../lib/replay/editor/to-plan.ts'
import { fillForm, readPaste } from '../../../lib/replay/paste/paste.ts'
import type { SendableRequest } from '../../../lib/replay/replay.ts'
import { toReplayRequest } from '../../../lib/replay/request.ts'
import { connectionFor, ODD_REQUESTS } from '../export/odd-requests.ts'
import { fromBase64 } from '../../../lib/export/body.ts'

const ORIGIN = 'https://api.test:8443'
const CASES = Object.entries(ODD_REQUESTS)

/** What of a request a server sees: bytes, and the type that they get. */
function onTheWire({ method, url, headers, body }: SendableRequest) {
  const typed = (type: string) =>
    type === '' || headers.some(([name]) => name.toLowerCase() === 'content-type') ? [] : [['content-type', type]]
  const [bytes, added] =
    body.kind === 'text'
      ? [Buffer.from(body.text.toWellFormed()), typed('text/plain;charset=UTF-8')]
      : body.kind === 'bytes'
        ? [Buffer.from(fromBase64(body.base64)), typed(body.type)]
        : [null, []]
  const all = [...headers, ...added].map(([name = '', value]) => [name.toLowerCase(), value])
  const entries =
    body.kind === 'form'
      ? body.entries.map((entry) =>
          'value' in entry
            ? [toCrlf(entry.name), toCrlf(entry.value).toWellFormed()]
            : [entry.name, entry.fileName, entry.type],
        )
      : []
  // An empty body is none.
  const content = bytes === null || bytes.length === 0 ? '' : bytes.toString('base64')
  const isEmpty = content === '' && entries.length === 0
  return {
    method,
    url,
    headers: Object.fromEntries(all.filter(([name]) => !isEmpty || name !== 'content-type')),
    body: content,
    entries,
  }
}

const toCrlf = (text: string) => text.replace(/\r\n|\r|\n/g, '\r\n')

async function roundTrip(name: string, label: string) {
  const odd = ODD_REQUESTS[name]
  const format = COPY_FORMATS.find((one) => one.label === label)
  if (odd === undefined || format === undefined) throw new Error(name)
  const connection = connectionFor(odd, ORIGIN)
  const form = toForm(toReplayRequest(connection))
  const text = format.make(connection, { withSecrets: true, withWire: false })
  const paste = await readPaste(text)
  if ('error' in paste) throw new Error(`${paste.error}\n${text}`)
  const sent = (one: typeof form) => onTheWire(toPlan(one, {}, null).plan.request)
  return {
    before: sent(form),
    after: sent({ ...fillForm(form, paste.request), usesVariables: form.usesVariables }),
    notUnderstood: paste.notUnderstood,
  }
}

/** Browsers add them to an EventSource; curl is told. */
const withoutSource = ({ headers, ...rest }: ReturnType<typeof onTheWire>) => {
  const { accept: _, 'cache-control': __, ...others } = headers as Record<string, unknown>
  return { ...rest, headers: others }
}

/** A form that no option of curl can carry is written as its bytes, and comes back as those. */
const AS_BYTES = new Set(['a form whose names are odd', 'a form with NUL', 'an empty form'])

test.each(CASES.filter(([name]) => !AS_BYTES.has(name)).map(([name]) => name))(
  'a cURL (bash) command of %s comes back as the same request',
  async (name) => {
    const { before, after, notUnderstood } = await roundTrip(name, 'cURL (bash)')
    expect(withoutSource(after)).toEqual(withoutSource(before))
    expect(notUnderstood).toEqual([])
  },
)

/** For cmd, such headers are said to arrive otherwise, and such forms go as bytes. */
const NOT_FOR_CMD = new Set([...AS_BYTES, 'a header value beyond ASCII', 'a form full of signs'])

test.each(CASES.filter(([name]) => !NOT_FOR_CMD.has(name)).map(([name]) => name))(
  'a cURL (cmd) command of %s comes back as the same request',
  async (name) => {
    const { before, after, notUnderstood } = await roundTrip(name, 'cURL (cmd)')
    expect(withoutSource(after)).toEqual(withoutSource(before))
    expect(notUnderstood).toEqual([])
  },
)

test.each(CASES.map(([name]) => name))('a fetch of %s comes back as the same request', async (name) => {
  const { before, after, notUnderstood } = await roundTrip(name, 'fetch')
  expect(withoutSource(after)).toEqual(withoutSource(before))
  expect(notUnderstood).toEqual([])
})

test('an EventSource comes back as one', async () => {
  const connection = connectionFor({ transport: 'eventsource', options: { withCredentials: 'true' } }, ORIGIN)
  const format = COPY_FORMATS.find(({ label }) => label === 'EventSource')
  const paste = await readPaste(format?.make(connection, { withSecrets: true, withWire: false }) ?? '')
  if ('error' in paste) throw new Error(paste.error)
  const form = toForm(toReplayRequest(connection))
  expect(form).toMatchObject({ as: 'eventsource', credentials: 'include' })
  expect(fillForm(form, paste.request)).toMatchObject({ as: 'eventsource', credentials: 'include', method: 'GET' })
})
