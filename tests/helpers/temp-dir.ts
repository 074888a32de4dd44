/** Folders for browser profiles and results, that nobody needs later. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Names a folder for all temporary ones; who sets it removes it, also when a test run was killed. */
export const TEMP_DIR_VARIABLE = 'STREAMSCOPE_TEMP'

export function createTempDir(name: string): string {
  return mkdtempSync(join(process.env[TEMP_DIR_VARIABLE] ?? tmpdir(), `streamscope-${name}-`))
}

/** A browser that is just ending may still write: tries for some seconds. */
export function removeTempDir(dir: string): void {
  rmSync(dir, { recursive: true, force: true, maxRetries: 8, retryDelay: 100 })
}
