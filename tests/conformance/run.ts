/**
 * The page does not notice: opens one page without and with the built extension and compares all that it can observe.
 *
 * node tests/conformance/run.ts [--panel] [--browser chromium|firefox] [--only TEXT] [--native] [--naive NAME]
 *   --panel   with DevTools open on the panel (and DevTools alone on the other side)
 *   --native  without against without: the probes themselves must be free of differences
 *   --naive   a page script that captures carelessly in place of the extension (see naive-patch.ts)
 */
import { join } from 'node:path'
import { runSuite } from './cli.ts'

await runSuite({ entry: join(import.meta.dirname, 'page/main.ts'), artifact: 'conformance' })
