/** Runs the project's own tools, and lets none of them outlive the script that started them. */

import { spawn, type ChildProcess } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { ROOT_DIR } from '../tests/helpers/extension.ts'

const GRACE_MS = 8_000

export interface Outcome {
  /** The exit code; 1 where the tool was ended by a signal. */
  readonly code: number
  /** Both output streams, unless they were shown while it ran; and at the end, if so, that a signal ended the tool. */
  readonly output: string
}

const running = new Set<ChildProcess>()

/**
 * Runs a tool of node_modules/.bin, or any program in PATH, in the repository's root.
 *
 * @param options `show` passes its output on while it runs, instead of returning it
 * @throws Error if it cannot be started
 */
export async function run(
  command: string,
  args: readonly string[],
  options: { show?: boolean } = {},
): Promise<Outcome> {
  const onWindows = process.platform === 'win32'
  const child = spawn(command, args, {
    cwd: ROOT_DIR,
    env: toolEnvironment(),
    stdio: options.show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that what the tool has started can be ended with it.
    detached: !onWindows,
    // On Windows the tools are .cmd files, which only a shell can start.
    shell: onWindows,
  })
  running.add(child)
  let output = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text))
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
  child.once('error', reject)
  child.once('close', (code, signal) => {
    const ended = signal === null ? '' : `\n${command} was ended by ${signal}.\n`
    resolve({ code: code ?? 1, output: output + ended })
  })
  try {
    return await promise
  } finally {
    running.delete(child)
  }
}

function toolEnvironment(): NodeJS.ProcessEnv {
  const path = [join(ROOT_DIR, 'node_modules', '.bin'), process.env['PATH']].join(delimiter)
  const env = { ...process.env, PATH: path }
  // Some tools colour what they write into a file, too, when they are run by npm or by a build server.
  return process.stdout.isTTY ? env : { ...env, NO_COLOR: '1', FORCE_COLOR: undefined, CI: undefined }
}

/** Ends what `run` has started and is still there: kindly, and after some seconds by force. */
export async function stopAll(): Promise<void> {
  await Promise.all(
    [...running].map(async (child) => {
      const { promise: gone, resolve } = Promise.withResolvers<void>()
      child.once('close', () => resolve())
      signalGroup(child, 'SIGTERM')
      const force = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS)
      await gone
      clearTimeout(force)
    }),
  )
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid && process.platform !== 'win32') process.kill(-child.pid, signal)
    else child.kill(signal)
  } catch {
    // The whole group has ended already.
  }
}

/** Calls `stop` at the first Ctrl-C or SIGTERM, and ends the program with the signal's exit code after it. */
export function onStopSignal(stop: () => Promise<void>): void {
  let stopping = false
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      void stop().finally(() => process.exit(code))
    })
  }
}
