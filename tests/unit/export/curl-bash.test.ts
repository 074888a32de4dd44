// @vitest-environment node
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toCurlBash } from '../../../lib/export/curl-bash.ts'
import { toReplayRequest } from '../../../lib/replay/request.ts'
import { essenceOf, expectedOf, startEchoServer } from './echo-server.ts'
import { connectionFor, ODD_REQUESTS } from './odd-requests.ts'

let server: Awaited<ReturnType<typeof startEchoServer>>
beforeAll(async () => {
  server = await startEchoServer()
})
afterAll(() => server.close())

test.each(Object.entries(ODD_REQUESTS))(
  'curl in bash sends the same request: %s',
  async (_, odd) => {
    const command = toCurlBash(toReplayRequest(connectionFor(odd, server.origin)), true)
    // A command that is as long as a body comes by standard input, as pasting does.
    const run = promisify(execFile)('bash', ['--norc'], { env: { PATH: process.env['PATH'], HOME: '/nowhere' } })
    run.child.stdin?.end(`${command}\n`)
    const { stdout } = await run
    const [arrived, ...more] = server.take()
    if (arrived === undefined) throw new Error(`Nothing came: ${command}`)
    const expected = expectedOf(odd, server.origin)
    expect(await essenceOf(arrived, expected)).toEqual(expected)
    expect(more).toEqual([])
    expect(stdout).toContain(odd.method === 'HEAD' ? '200 OK' : 'ok')
    expect(command).toMatch(/ -N /)
  },
  30_000,
)
