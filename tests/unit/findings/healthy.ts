/** Streams with nothing wrong in them, as records. Times are ms after the page's call, with the unevenness that networks have. */
import type { HeaderPair, OpenRecord } from '../../../lib/protocol.ts'
import type { LaterRecord } from '../../../lib/session/connection.ts'
import {
  attempt,
  chunk,
  createRandom,
  demand,
  dispatched,
  end,
  head,
  note,
  open,
  randomlyCut,
} from '../../helpers/stream-builders.ts'

export interface Healthy {
  readonly name: string
  readonly open: OpenRecord
  readonly records: readonly LaterRecord[]
}

const CALL_MS = 100
const ASKED_IN_BODY = '"stream": true in the body'
const SUBSCRIPTION = { method: 'GET', asked: 'Accept: text/event-stream' }

type Timed = readonly [atMs: number, text: string]

interface Answer {
  readonly open?: Partial<OpenRecord>
  readonly type?: string
  readonly headers?: readonly HeaderPair[]
  readonly headAtMs?: number
  readonly chunks: readonly Timed[]
  /** Left out: it lives on. */
  readonly endAtMs?: number
  readonly endedBy?: 'done' | 'cancel'
  readonly readBy?: string
}

function answer(name: string, given: Answer): Healthy {
  const { headAtMs = 80, type = 'text/event-stream', headers = [], readBy = 'getReader()' } = given
  const records: LaterRecord[] = [
    head('', { atMs: CALL_MS + headAtMs, type: 'basic', headers: [['Content-Type', type], ...headers] }),
    note('read-by', { detail: readBy, atMs: CALL_MS + headAtMs + 1 }),
    ...given.chunks.map(([atMs, text]) => chunk(text, { atMs: CALL_MS + atMs })),
    ...(given.endAtMs === undefined ? [] : [end(given.endedBy ?? 'done', { atMs: CALL_MS + given.endAtMs })]),
  ]
  return { name, open: open({ asked: ASKED_IN_BODY, ...given.open }), records }
}

/** Texts one after another, about `everyMs` apart, now and then two in one chunk. */
function flow(texts: readonly string[], everyMs: number, fromMs: number, seed: number): Timed[] {
  const random = createRandom(seed)
  const chunks: Timed[] = []
  let atMs = fromMs
  let waiting = ''
  for (const text of texts) {
    waiting += text
    if (random() < 0.2) continue
    chunks.push([atMs, waiting])
    waiting = ''
    atMs += everyMs * (0.3 + 1.4 * random())
  }
  if (waiting !== '') chunks.push([atMs, waiting])
  return chunks
}

const lastMs = (chunks: readonly Timed[]) => chunks.at(-1)?.[0] ?? 0
const sse = (data: unknown, type = '', id = '') =>
  `${id === '' ? '' : `id: ${id}\n`}${type === '' ? '' : `event: ${type}\n`}data: ${JSON.stringify(data)}\n\n`
const words = (count: number) => Array.from({ length: count }, (_, n) => ` word${n}`)

function openAi(name: string, tokens: number, everyMs: number, firstMs: number): Healthy {
  const base = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_700_000_000, model: 'm' }
  const piece = (delta: object, finish: string | null = null) =>
    sse({ ...base, choices: [{ index: 0, delta, finish_reason: finish }] })
  const body = [piece({ role: 'assistant', content: '' }), ...words(tokens).map((content) => piece({ content }))]
  const chunks = flow(body, everyMs, firstMs, tokens)
  const last = lastMs(chunks) + everyMs
  const usage = sse({ ...base, choices: [], usage: { total_tokens: tokens } })
  return answer(name, {
    headAtMs: firstMs - 5,
    chunks: [...chunks, [last, `${piece({}, 'stop')}${usage}data: [DONE]\n\n`]],
    endAtMs: last + 2,
  })
}

function anthropic(): Healthy {
  const delta = (text: string) =>
    sse({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }, 'content_block_delta')
  const begin = sse({ type: 'message_start', message: { id: 'msg_1' } }, 'message_start')
  const block = sse(
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    'content_block_start',
  )
  const ping = sse({ type: 'ping' }, 'ping')
  const chunks = flow(words(120).map(delta), 35, 1800, 3)
  const last = lastMs(chunks) + 400
  const ended = { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 120 } }
  const stop = [{ type: 'content_block_stop', index: 0 }, { type: 'message_delta', ...ended }, { type: 'message_stop' }]
    .map((event) => sse(event, event.type))
    .join('')
  return answer('Anthropic: a greeting and a ping at once, a think of a second, three events at the end', {
    headAtMs: 700,
    chunks: [[700, begin + block + ping], ...chunks, [last, stop]],
    endAtMs: last + 1,
  })
}

/** Thinks for 12 s in the middle, and says that it is there. */
function toolCall(): Healthy {
  const before = flow(
    words(60).map((text) => sse({ text })),
    40,
    600,
    4,
  )
  const pauseMs = lastMs(before)
  const after = flow(
    words(60).map((text) => sse({ text })),
    40,
    pauseMs + 12_000,
    5,
  )
  const beats: Timed[] = [
    [pauseMs + 5000, ': thinking\n\n'],
    [pauseMs + 10_000, ': thinking\n\n'],
  ]
  return answer('a tool call of 12 s in the middle, with heartbeats', {
    chunks: [...before, ...beats, ...after],
    endAtMs: lastMs(after) + 3,
  })
}

function ndjson(): Healthy {
  const lines = words(80).map(
    (response, n) =>
      `${JSON.stringify({ model: 'm', created_at: new Date(1_700_000_001_000 + n * 30).toISOString(), response, done: n === 79 })}\n`,
  )
  const chunks = flow(lines, 30, 900, 6)
  return answer('Ollama: a JSON value a line, with its own times', {
    type: 'application/x-ndjson',
    chunks,
    endAtMs: lastMs(chunks) + 1,
  })
}

function vercel(): Healthy {
  const deltas = words(90).map((delta) => sse({ type: 'text-delta', id: '1', delta }))
  const chunks = flow([sse({ type: 'start' }) + sse({ type: 'text-start', id: '1' }), ...deltas], 25, 500, 7)
  const last = lastMs(chunks) + 30
  return answer('Vercel AI: a UI message stream behind its proxy', {
    headers: [
      ['x-vercel-ai-ui-message-stream', 'v1'],
      ['x-vercel-id', 'fra1::iad1::abc'],
      ['cache-control', 'no-cache, no-transform'],
    ],
    chunks: [...chunks, [last, `${sse({ type: 'text-end', id: '1' })}${sse({ type: 'finish' })}data: [DONE]\n\n`]],
    endAtMs: last + 2,
  })
}

/** Events of a slow subscription at random times, with backlog at the start and heartbeats between. */
function newsTicker(): Healthy {
  const random = createRandom(8)
  const backlog = Array.from({ length: 15 }, (_, n) =>
    sse({ title: `old ${n}`, time: 1_699_990_000_000 + n * 60_000 }, 'news', `${n + 1}`),
  ).join('')
  const chunks: Timed[] = [[600, `retry: 5000\n\n${backlog}`]]
  let atMs = 600
  for (let n = 16; n < 60; n += 1) {
    const nextMs = atMs - Math.log(1 - random()) * 40_000
    for (let beatMs = atMs + 15_000; beatMs < nextMs; beatMs += 15_000) chunks.push([beatMs, ': keep-alive\n\n'])
    chunks.push([nextMs, sse({ title: `new ${n}`, time: 1_700_000_000_000 + nextMs }, 'news', `${n}`)])
    atMs = nextMs
  }
  return answer('a news ticker: a backlog at the start, then one item every now and then', {
    open: SUBSCRIPTION,
    headAtMs: 120,
    chunks,
  })
}

function quietNotifications(): Healthy {
  const chunks: Timed[] = [
    [100, ': welcome\n\n'],
    [20_000, sse({ unread: 1 })],
    [21_000, sse({ unread: 2 })],
    [900_000, sse({ unread: 3 })],
  ]
  return answer('notifications: a few in 15 minutes', { open: SUBSCRIPTION, chunks })
}

/** Whole answers that are short, or quick. */
const ONE_SHOT: readonly Healthy[] = [
  answer('one event after 2 s of work, as MCP answers', {
    headAtMs: 2000,
    chunks: [[2000, sse({ jsonrpc: '2.0', id: 1, result: {} }, 'message', '1')]],
    endAtMs: 2001,
  }),
  answer('a short answer: eight events within 60 ms after a second', {
    headAtMs: 900,
    chunks: [
      [1100, sse({ n: 1 }) + sse({ n: 2 })],
      [1120, sse({ n: 3 }) + sse({ n: 4 }) + sse({ n: 5 })],
      [1160, sse({ n: 6 }) + sse({ n: 7 }) + sse({ n: 8 })],
    ],
    endAtMs: 1161,
  }),
  answer('a cached answer: a hundred events within 300 ms', {
    headAtMs: 290,
    chunks: [
      [
        300,
        words(100)
          .map((text) => sse({ text }))
          .join(''),
      ],
    ],
    endAtMs: 301,
  }),
  answer('a fast server: 20,000 events as quickly as the client reads', {
    open: SUBSCRIPTION,
    chunks: Array.from({ length: 100 }, (_, n) => [200 + n * 3, sse({ n }).repeat(200)] as const),
    endAtMs: 520,
  }),
  answer('a long poll: 25 s of waiting, two events', {
    open: SUBSCRIPTION,
    headAtMs: 60,
    chunks: [[25_000, sse({ a: 1 }, '', '5') + sse({ a: 2 }, '', '6')]],
    endAtMs: 25_001,
  }),
  answer('nothing at all', { open: SUBSCRIPTION, chunks: [], endAtMs: 200 }),
  answer('a bad status with a JSON error, whose body is read', {
    type: 'application/json',
    chunks: [[120, '{"error":{"message":"no"}}\n']],
    endAtMs: 121,
    readBy: 'response.json()',
  }),
]

/** The same text with every line end, and in odd chunks. */
function lineEnds(): Healthy[] {
  const events = words(40).map((text, n) => `: ${n}\nevent: word\nid: ${n}\ndata: ${text}\ndata: käse 流れ 🌊\n\n`)
  return [
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ].map(([name = '', lineEnd = '']) => {
    const text = events.join('').replaceAll('\n', lineEnd)
    const parts = randomlyCut(text, createRandom(9), 60)
    const chunks = parts.map((part, n) => [300 + n * 6, part] as const)
    return answer(`${name}, cut anywhere`, { chunks, endAtMs: lastMs(chunks) + 2 })
  })
}

function eventSource(name: string, ...records: readonly LaterRecord[]): Healthy {
  return {
    name,
    open: open({ transport: 'eventsource', method: 'GET', url: 'https://api.test/live', asked: 'EventSource' }),
    records,
  }
}

/** Closed by the server every few seconds, resumed after the last id. */
function resumes(): Healthy {
  const records: LaterRecord[] = []
  for (let round = 0; round < 6; round += 1) {
    const fromMs = CALL_MS + round * 4000
    records.push(attempt('open', { atMs: fromMs }))
    records.push(dispatched('hello', { atMs: fromMs + 5, type: 'hello', id: round === 0 ? '' : `${round * 4}` }))
    for (let n = 1; n <= 4; n += 1)
      records.push(dispatched(`item ${round * 4 + n}`, { atMs: fromMs + n * 200, id: `${round * 4 + n}` }))
    records.push(attempt('reconnecting', { atMs: fromMs + 1000 }))
  }
  return eventSource('EventSource: closed and resumed six times', ...records)
}

function missedMeanwhile(): Healthy {
  const at = (atMs: number, n: number) => dispatched(`item ${n}`, { atMs: CALL_MS + atMs, id: `${n}` })
  return eventSource(
    'EventSource: what came during a break is sent at once',
    attempt('open', { atMs: CALL_MS + 50 }),
    ...Array.from({ length: 10 }, (_, n) => at(500 + n * 300, n + 1)),
    attempt('reconnecting', { atMs: CALL_MS + 4000 }),
    attempt('open', { atMs: CALL_MS + 9000 }),
    ...Array.from({ length: 15 }, (_, n) => at(9010, n + 11)),
    ...Array.from({ length: 10 }, (_, n) => at(9500 + n * 300, n + 26)),
  )
}

/** A page that stops reading when it has enough on screen, while the server goes on. */
function backPressure(): Healthy {
  const base = answer('back-pressure: the page reads a chunk of a few events every 3 s', {
    open: SUBSCRIPTION,
    chunks: Array.from({ length: 10 }, (_, n) => [500 + n * 3000, sse({ n }) + sse({ n: n + 1 })] as const),
  })
  const pauses = Array.from({ length: 9 }, (_, n) => [
    demand(false, { atMs: CALL_MS + 510 + n * 3000 }),
    demand(true, { atMs: CALL_MS + 3490 + n * 3000 }),
  ]).flat()
  return { ...base, records: [...base.records, ...pauses].toSorted((a, b) => a.atMs - b.atMs) }
}

export const HEALTHY: readonly Healthy[] = [
  openAi('OpenAI: 200 tokens, 25 ms each', 200, 25, 700),
  openAi('OpenAI: a reasoning model, 4 s before the first token', 300, 12, 4000),
  openAi('a very fast model: 400 tokens, 1 ms each', 400, 1, 350),
  anthropic(),
  toolCall(),
  ndjson(),
  vercel(),
  newsTicker(),
  quietNotifications(),
  ...ONE_SHOT,
  ...lineEnds(),
  resumes(),
  missedMeanwhile(),
  backPressure(),
  answer('a steady stream: one event every 30 s, for ten minutes', {
    open: SUBSCRIPTION,
    chunks: Array.from({ length: 20 }, (_, n) => [30_000 * (n + 1), sse({ n })] as const),
  }),
  answer('batches: four prices every 2 s', {
    open: SUBSCRIPTION,
    chunks: Array.from(
      { length: 30 },
      (_, n) => [2000 * (n + 1), [1, 2, 3, 4].map((p) => sse({ p, n })).join('')] as const,
    ),
  }),
  answer('stopped by the page in the middle', {
    chunks: flow(
      words(50).map((text) => sse({ text })),
      40,
      500,
      10,
    ),
    endAtMs: 3000,
    endedBy: 'cancel',
  }),
  answer('plain text, piece by piece', {
    type: 'text/plain; charset=utf-8',
    chunks: flow(words(100), 30, 400, 11),
    endAtMs: 9000,
  }),
]
