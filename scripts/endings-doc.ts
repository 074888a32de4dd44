/** Writes docs/endings.md from the table of endings. The unit tests fail while it is out of date. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { toDoc } from '../tests/endings/to-doc.ts'

writeFileSync(fileURLToPath(new URL('../docs/endings.md', import.meta.url)), toDoc())
