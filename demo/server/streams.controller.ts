import type { ServerResponse } from 'node:http'
import { Controller, Get, Headers, Inject, Query, Res, Sse, type MessageEvent } from '@nestjs/common'
import { interval, take, type Observable } from 'rxjs'
import { badRequest } from './errors.ts'
import { namedBlock, namedOpening } from './named.ts'
import { COUNT, INTERVAL_MS, wholeNumber } from './query.ts'
import { RequestLog } from './request-log.ts'
import { sample } from './sample.ts'
import { EVENT_STREAM, NDJSON, sendEach, sendHead, sseBlock, ticks } from './streaming.ts'

/** Streams as working servers send them, and as servers send them by mistake. */
@Controller()
export class StreamsController {
  readonly #log: RequestLog

  constructor(@Inject(RequestLog) log: RequestLog) {
    this.#log = log
  }

  /** Written by hand, without a helper: the way most servers in the wild do it. */
  @Get('sse')
  sse(
    @Query('count', COUNT) count: number,
    @Query('interval', INTERVAL_MS) ms: number,
    @Res() res: ServerResponse,
  ): void {
    res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache', Connection: 'keep-alive' })
    res.flushHeaders()
    const subscription = interval(ms)
      .pipe(take(count))
      .subscribe({
        next: (index) => {
          res.write(`id: ${index + 1}\n`)
          res.write(`data: ${JSON.stringify(sample(index + 1, count))}\n\n`)
        },
        complete: () => res.end(),
      })
    res.once('close', () => subscription.unsubscribe())
  }

  @Sse('nest-sse')
  nestSse(@Query('count', COUNT) count: number, @Query('interval', INTERVAL_MS) ms: number): Observable<MessageEvent> {
    return ticks(count, ms, (n) => ({ id: String(n), data: sample(n, count) }))
  }

  @Get('ndjson')
  ndjson(
    @Query('count', COUNT) count: number,
    @Query('interval', INTERVAL_MS) ms: number,
    @Res() res: ServerResponse,
  ): void {
    sendHead(res, NDJSON)
    sendEach(
      res,
      ticks(count, ms, (n) => `${JSON.stringify(sample(n, count))}\n`),
    )
  }

  @Get('wrong-type')
  wrongType(
    @Query('count', COUNT) count: number,
    @Query('interval', INTERVAL_MS) ms: number,
    @Res() res: ServerResponse,
  ): void {
    sendHead(res, 'application/json')
    sendEach(
      res,
      ticks(count, ms, (n) => sseBlock(n, sample(n, count))),
    )
  }

  /** `count` events a connection, `total` in all: an EventSource comes back until a 204 tells it to stop. */
  @Get('named')
  named(
    @Query('count', wholeNumber({ min: 1, max: 100_000, fallback: 4 })) count: number,
    @Query('total', wholeNumber({ min: 1, max: 100_000, fallback: 10 })) total: number,
    @Query('retry', wholeNumber({ min: 0, max: 60_000, fallback: 200 })) retryMs: number,
    @Query('interval', INTERVAL_MS) ms: number,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() res: ServerResponse,
  ): void {
    if (lastEventId !== undefined && !/^\d{1,9}$/.test(lastEventId)) {
      throw badRequest('Last-Event-ID', '"Last-Event-ID" must be the id of an event of this stream.')
    }
    const sent = Number(lastEventId ?? 0)
    if (sent >= total) {
      res.writeHead(204).end()
      return
    }
    sendHead(res, EVENT_STREAM)
    res.write(namedOpening(sent, retryMs))
    sendEach(
      res,
      ticks(Math.min(count, total - sent), ms, (n) => namedBlock(sent + n, total)),
    )
  }

  /** Announces `count` events and breaks the connection after half of them. */
  @Get('fails')
  fails(
    @Query('count', COUNT) count: number,
    @Query('interval', INTERVAL_MS) ms: number,
    @Res() res: ServerResponse,
  ): void {
    sendHead(res, EVENT_STREAM)
    const half = Math.ceil(count / 2)
    const subscription = ticks(half + 1, ms, (n) => n).subscribe((n) => {
      if (n <= half) res.write(sseBlock(n, sample(n, count)))
      else this.#log.break(res)
    })
    res.once('close', () => subscription.unsubscribe())
  }
}
