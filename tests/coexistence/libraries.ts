/** Page script: the libraries by name, for tests that put one in place and then look at the records. */
import { libraries } from './others.ts'

Object.assign(globalThis, { libraries })
