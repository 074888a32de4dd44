import { createConnection } from '../../../lib/session/connection.ts'
import type { TextBound } from '../../../lib/session/store/text-bound.ts'
import { createTextKeeper } from '../../../lib/session/store/text-keeper.ts'
import type { Connection } from '../../../lib/session/types.ts'
import { memoryStorage } from '../../helpers/memory-storage.ts'
import { chunk, end, head, open } from '../../helpers/stream-builders.ts'

/** The data of event `n`, from 0: in both streams the same, but for 20 events in each. */
export const longData = (n: number, odd: 7 | 11) => `${n % 100 === odd ? 'odd' : n}${'.'.repeat(300)}`

/** Two streams of 2,000 events whose texts are kept within `bound`. */
export function longStreams(bound: () => TextBound) {
  const storage = memoryStorage()
  const texts = createTextKeeper({ bound, storage: () => storage })
  const frame = { doc: 'd1', frameId: 0, top: true, url: 'https://page.test/', timeOriginMs: 0 }
  const stream = (odd: 7 | 11): Connection => {
    const live = createConnection({ key: `d1/${odd}`, number: odd, frame, open: open(), texts })
    live.take(head())
    for (let n = 0; n < 2_000; n += 1) live.take(chunk(`data: ${longData(n, odd)}\n\n`))
    live.take(end())
    return live.view
  }
  return { a: stream(7), b: stream(11), texts }
}
