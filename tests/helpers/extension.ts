/** Where the built extension lies, and by which names browsers know it. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT_DIR = fileURLToPath(new URL('../..', import.meta.url))
export const PANEL_TITLE = 'Streamscope'

/** WXT's output folders, by target browser. */
const BUILD_DIRS = {
  chrome: join(ROOT_DIR, '.output', 'chrome-mv3'),
  edge: join(ROOT_DIR, '.output', 'edge-mv3'),
  firefox: join(ROOT_DIR, '.output', 'firefox-mv2'),
} as const

/**
 * The folder of a finished build.
 *
 * @throws Error if it was not built yet, with the command that builds it
 */
export function builtExtension(browser: keyof typeof BUILD_DIRS): string {
  const dir = BUILD_DIRS[browser]
  if (!existsSync(join(dir, 'manifest.json'))) throw new Error(`${dir} is missing: run \`npx wxt build -b ${browser}\``)
  return dir
}
