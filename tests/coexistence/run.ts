/**
 * Living with others: pages with real libraries or poisoned built-ins get the same from their streams without and with
 * the extension. Options are those of the conformance suite.
 *
 * node tests/coexistence/run.ts [--panel] [--browser chromium|firefox] [--only TEXT] [--native]
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runSuite } from '../conformance/cli.ts'

const mswWorker = join(import.meta.dirname, '../../node_modules/msw/lib/mockServiceWorker.js')

await runSuite({
  entry: join(import.meta.dirname, 'page.ts'),
  artifact: 'coexistence',
  files: { '/mockServiceWorker.js': readFileSync(mswWorker, 'utf8') },
})
