/** `node --import tsx demo/server/main.ts [--port N] [--until-stdin-closes]`: prints one JSON line when it listens. */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { tsImport } from 'tsx/esm/api'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'until-stdin-closes': { type: 'boolean', default: false },
  },
})
const port = Number(values.port)
if (!/^\d+$/.test(values.port) || port > 65_535) {
  console.error(`--port must be a number from 0 to 65535, not "${values.port}".`)
  process.exit(2)
}

// tsx goes by the tsconfig of the folder it was started in, which knows nothing of Nest's decorators.
const { startServer } = (await tsImport('./app.ts', {
  parentURL: import.meta.url,
  tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)),
})) as typeof import('./app.ts')
const server = await startServer(port)

let stopping = false
async function stop(): Promise<void> {
  if (stopping) return
  stopping = true
  process.stdin.destroy()
  await server.close()
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
// A pipe that breaks gives no "end", a file no "close".
if (values['until-stdin-closes']) process.stdin.once('end', stop).once('close', stop).resume()

const { url, crossOrigin, faults } = server
console.log(JSON.stringify({ url, crossOrigin, faults: faults.origin, trustedKeyHash: faults.publicKeyHash }))
