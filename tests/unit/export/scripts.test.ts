// @vitest-environment node
import { execFile, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toFetch, toNodeFetch } from '../../../lib/export/fetch.ts'
import { toHttpMessage } from '../../../lib/export/http-message.ts'
import { toPython } from '../../../lib/export/python.ts'
import { type ReplayRequest, toReplayRequest } from '../../../lib/replay/request.ts'
import { createTempDir, removeTempDir } from '../../helpers/temp-dir.ts'
import { essenceOf, expectedOf, startEchoServer } from './echo-server.ts'
import { connectionFor, ODD_REQUESTS } from './odd-requests.ts'

let server: Awaited<ReturnType<typeof startEchoServer>>
const dir = createTempDir('export')
beforeAll(async () => {
  server = await startEchoServer()
})
afterAll(async () => {
  await server.close()
  removeTempDir(dir)
})

/** Runs all in one process, in their order: starting one for each takes long. */
async function runAll(
  program: string,
  before: readonly string[],
  ending: string,
  write: (request: ReplayRequest) => string,
) {
  const files = Object.values(ODD_REQUESTS).map((odd, index) => {
    const file = join(dir, `${index}.${ending}`)
    writeFileSync(file, write(toReplayRequest(connectionFor(odd, server.origin))))
    return file
  })
  const { stdout } = await promisify(execFile)(program, [...before, ...files])
  const arrived = server.take()
  for (const [index, [name, odd]] of Object.entries(ODD_REQUESTS).entries()) {
    const expected = expectedOf(odd, server.origin)
    const one = arrived[index]
    expect([name, one === undefined ? null : await essenceOf(one, expected)]).toEqual([name, expected])
  }
  expect(arrived.length).toBe(files.length)
  return stdout
}

const IMPORT_ALL = 'for (const file of process.argv.slice(1)) await import(file)'

test('fetch for Node sends the same requests', async () => {
  const stdout = await runAll('node', ['--input-type=module', '-e', IMPORT_ALL, '--'], 'mjs', (request) =>
    toNodeFetch(request, true),
  )
  expect(stdout).toContain('200 OK\nok\n')
}, 60_000)

test('fetch for a page sends the same requests', async () => {
  const stdout = await runAll('node', ['--input-type=module', '-e', IMPORT_ALL, '--'], 'page.mjs', toFetch)
  expect(stdout).toContain('200 OK\nok\n')
}, 60_000)

const hasPython = spawnSync('python3', ['--version']).status === 0
test.skipIf(!hasPython)(
  'Python sends the same requests',
  async () => {
    const standIn = join(import.meta.dirname, 'httpx.py')
    const stdout = await runAll('python3', [standIn], 'py', (request) => toPython(request, true))
    expect(stdout).toContain('200 OK\nok\n')
  },
  60_000,
)

/** Bytes that are no text cannot stand in a message that is text. */
const AS_TEXT = Object.entries(ODD_REQUESTS).filter(([name]) => !name.startsWith('every byte'))

test.each(AS_TEXT)('an HTTP message is the same request: %s', async (_, odd) => {
  const message = toHttpMessage(toReplayRequest(connectionFor(odd, server.origin)), true)
  const [head = '', ...body] = message.replace(/^(?:#.*\r\n)+/, '').split('\r\n\r\n')
  const socket = connect(server.port, '127.0.0.1')
  socket.write(Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), Buffer.from(body.join('\r\n\r\n'))]))
  expect(await readAll(socket)).toContain('200 OK')
  const [arrived] = server.take()
  if (arrived === undefined) throw new Error(`Nothing came: ${message}`)
  const expected = expectedOf(odd, server.origin)
  expect(await essenceOf(arrived, expected)).toEqual(expected)
})
