// @vitest-environment node
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toCurlCmd } from '../../../lib/export/curl-cmd.ts'
import { toCurlPowerShell } from '../../../lib/export/curl-powershell.ts'
import { toReplayRequest } from '../../../lib/replay/request.ts'
import { createTempDir, removeTempDir } from '../../helpers/temp-dir.ts'
import { type Essence, essenceOf, expectedOf, startEchoServer } from './echo-server.ts'
import { connectionFor, ODD_REQUESTS } from './odd-requests.ts'
import { readArguments, readCmdLine, readPowerShell } from './windows-shells.ts'

let server: Awaited<ReturnType<typeof startEchoServer>>
const dir = createTempDir('export')
const bodyFile = join(dir, 'streamscope-body.bin')
beforeAll(async () => {
  server = await startEchoServer()
})
afterAll(async () => {
  await server.close()
  removeTempDir(dir)
})

async function curl(args: readonly string[], stdin = ''): Promise<void> {
  const run = promisify(execFile)('curl', args)
  run.child.stdin?.end(stdin)
  await run
}

async function arrivedLike(expected: Essence): Promise<Essence> {
  const [arrived] = server.take()
  if (arrived === undefined) throw new Error('Nothing came')
  return essenceOf(arrived, expected)
}

/** Neither shell passes on more than ASCII for sure: the text says so. */
const WINDOWS_REQUESTS = Object.entries(ODD_REQUESTS).filter(([name]) => name !== 'a header value beyond ASCII')

test.each(WINDOWS_REQUESTS)(
  'curl in PowerShell sends the same request: %s',
  async (_, odd) => {
    const script = toCurlPowerShell(toReplayRequest(connectionFor(odd, server.origin)), true)
    const { config, body } = readPowerShell(script)
    if (body !== null) writeFileSync(bodyFile, body)
    await curl(['--config', '-', ...(body === null ? [] : ['--data-binary', `@${bodyFile}`])], config)
    const expected = expectedOf(odd, server.origin)
    expect(await arrivedLike(expected)).toEqual(expected)
  },
  30_000,
)

test.each(WINDOWS_REQUESTS)(
  'curl in cmd sends the same request: %s',
  async (_, odd) => {
    const script = toCurlCmd(toReplayRequest(connectionFor(odd, server.origin)), true)
    let base64 = ''
    const at = script.indexOf('curl.exe')
    for (const line of script.slice(0, at).split('\r\n')) {
      expect(line.length).toBeLessThan(8191)
      const echoed = /^>>"%TEMP%\\streamscope-body\.b64" echo ([\w+/=]+)$/.exec(line)?.[1]
      base64 += echoed ?? ''
      if (line.startsWith('certutil')) writeFileSync(bodyFile, Buffer.from(base64, 'base64'))
    }
    const variables = { TEMP: dir, PATH: 'wrong', HOME: 'wrong' }
    const [program, ...args] = readArguments(readCmdLine(script.slice(at), variables))
    expect(program).toBe('curl.exe')
    await curl(args.map((arg) => arg.replace(`${dir}\\`, `${dir}/`)))
    const expected = expectedOf(odd, server.origin)
    expect(await arrivedLike(expected)).toEqual(expected)
  },
  30_000,
)

test('what may not arrive is said', () => {
  const odd = ODD_REQUESTS['a header value beyond ASCII'] ?? {}
  const request = toReplayRequest(connectionFor(odd, 'http://a.test'))
  expect(toCurlCmd(request, true)).toMatch(/^rem Characters beyond ASCII/)
  expect(toCurlPowerShell(request, true)).toMatch(/^# Characters beyond ASCII/)
})
