/** Starts one stream as soon as it is loaded, without anybody's click. */
import { outputOf } from './output.ts'
import { readByAsyncIteration } from './fetch-runs.ts'
import { urlOf } from './urls.ts'

await outputOf('frame').follow((write) => readByAsyncIteration(urlOf('sse'), write))
