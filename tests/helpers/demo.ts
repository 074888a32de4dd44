import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface Demo {
  /** Ends in a slash, as `crossOrigin` does. */
  readonly url: string
  /** The same application at a second origin, which allows CORS. */
  readonly crossOrigin: string
  /** The origin of the fault server. */
  readonly faults: string
  /** Of the fault server's certificate, for `launchChromium`. */
  readonly trustedKeyHash: string
  /** Ends the server that was started here; resolves when its process is gone. */
  close(): Promise<void>
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Starts the demo server as a child on free ports. Rejects with what it wrote to stderr if it does not come up. */
export async function startDemo(): Promise<Demo> {
  // The child ends by itself when this process dies, because its stdin closes then.
  const child = spawn(process.execPath, ['--import', 'tsx', 'demo/server/main.ts', '--until-stdin-closes'], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const gone = once(child, 'close')
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text))
  const lines = createInterface(child.stdout)
  const first = await Promise.race([once(lines, 'line'), gone.then(() => null)])
  if (first === null) throw new Error(`The demo server did not start.\n${complaints}`)
  return {
    ...(JSON.parse(String(first[0])) as Omit<Demo, 'close'>),
    async close() {
      child.kill('SIGTERM')
      await gone
    },
  }
}
