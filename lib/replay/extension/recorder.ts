/** Writes down what the panel itself sends, in the records that capture writes, for the same session. */
import type {
  AttemptRecord,
  EndRecord,
  EventRecord,
  HeadRecord,
  HubToPanel,
  OpenRecord,
  StreamRecord,
} from '../../protocol.ts'
import { createChunkReader } from './utf8.ts'

/** The document that stands for the extension in a session. */
export const EXTENSION_DOC = 'extension'

/** Records come together in batches at most this often. */
const PACE_MS = 16

type Fields<R> = Omit<R, 'n' | 'k' | 'c' | 'atMs'>

/** Writes nothing after the end. */
export interface ConnectionLog {
  head(record: Fields<HeadRecord>): void
  chunk(bytes: Uint8Array): void
  event(record: Fields<EventRecord>): void
  attempt(state: AttemptRecord['state']): void
  /** Only the first is an ending. */
  end(record: Partial<Fields<EndRecord>> & Pick<EndRecord, 'how'>): void
}

export interface PanelRecorder {
  open(record: Fields<OpenRecord>): ConnectionLog
}

/** What the browser gives. */
export interface Times {
  /** In ms since `timeOriginMs`, which is wall clock. */
  readonly now: () => number
  readonly timeOriginMs: number
  readonly later: (callback: () => void, ms: number) => void
}

/** @param apply the session's entrance */
export function createPanelRecorder(apply: (message: HubToPanel) => void, times: Times): PanelRecorder {
  const { now, timeOriginMs, later } = times
  let n = 0
  let connections = 0
  let waiting: StreamRecord[] = []

  function flush(): void {
    const records = waiting
    waiting = []
    const [first] = records
    if (first === undefined) return
    const json = JSON.stringify(records)
    apply({ k: 'batch', doc: EXTENSION_DOC, first: first.n, last: n, json, part: 0, more: false })
  }

  function add(record: StreamRecord): void {
    if (waiting.length === 0) later(flush, PACE_MS)
    waiting.push(record)
  }

  /** What every record has. */
  const number = () => ({ n: (n += 1), atMs: now() })

  function begin(): void {
    if (n > 0) return
    apply({ k: 'reached', doc: EXTENSION_DOC, frameId: -1, url: '', capturing: true })
    add({ k: 'document', url: '', timeOriginMs, n: (n += 1), atMs: 0 })
  }

  return {
    open(record) {
      begin()
      const c = (connections += 1)
      const reader = createChunkReader()
      let isOver = false
      add({ k: 'open', c, ...number(), ...record })
      // At once, so that a run has its connection before anything can stop it.
      flush()
      return {
        // What the browser had ready when it was stopped comes after the end.
        head(rest) {
          if (!isOver) add({ k: 'head', c, ...number(), ...rest })
        },
        chunk(bytes) {
          if (!isOver) add({ k: 'chunk', c, ...number(), sizeBytes: bytes.length, ...reader.read(bytes) })
        },
        event(rest) {
          if (!isOver) add({ k: 'event', c, ...number(), ...rest })
        },
        attempt(state) {
          if (!isOver) add({ k: 'attempt', c, ...number(), state })
        },
        end(rest) {
          if (isOver) return
          isOver = true
          const left = reader.rest()
          if (left !== null) add({ k: 'chunk', c, ...number(), sizeBytes: 0, ...left })
          const usual = { reason: null, by: '', stack: '', signal: null, readyState: -1 }
          add({ k: 'end', c, ...number(), ...usual, ...rest })
          flush()
        },
      }
    },
  }
}
