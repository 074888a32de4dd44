import type { ServerResponse } from 'node:http'
import { Controller, Get, Param, Query, Res } from '@nestjs/common'
import { concat, ignoreElements, timer } from 'rxjs'
import { COUNT, INTERVAL_MS, wholeNumber } from './query.ts'
import { sample } from './sample.ts'
import { EVENT_STREAM, sendAll, sendEach, sendHead, sseBlock, ticks } from './streaming.ts'

const PIECE_CHARACTERS = 64 * 1024
const MEBIBYTE = 1024 * 1024

/** Streams that are too fast, too large, broken, late or not there. */
@Controller()
export class HostileController {
  @Get('flood')
  async flood(
    @Query('count', wholeNumber({ min: 1, max: 10_000_000, fallback: 100_000 })) count: number,
    @Res() res: ServerResponse,
  ): Promise<void> {
    sendHead(res, EVENT_STREAM)
    await sendAll(res, floodPieces(count))
  }

  @Get('big')
  async big(
    @Query('mb', wholeNumber({ min: 1, max: 512, fallback: 8 })) mebibytes: number,
    @Res() res: ServerResponse,
  ): Promise<void> {
    sendHead(res, EVENT_STREAM)
    await sendAll(res, bigPieces(mebibytes))
  }

  @Get('bad-utf8')
  badUtf8(@Query('interval', INTERVAL_MS) ms: number, @Res() res: ServerResponse): void {
    const datas = [
      Buffer.from('all is well'),
      Buffer.from([0xff, 0xfe]),
      // A character of four bytes that lacks its last one.
      Buffer.from([0xf0, 0x9f, 0x8c]),
      // A surrogate half, which UTF-8 has no place for.
      Buffer.from([0xed, 0xa0, 0x80]),
      Buffer.from('and well again'),
    ]
    sendHead(res, EVENT_STREAM)
    sendEach(
      res,
      ticks(datas.length, ms, (n) =>
        Buffer.concat([Buffer.from(`id: ${n}\ndata: <`), datas[n - 1] ?? Buffer.alloc(0), Buffer.from('>\n\n')]),
      ),
    )
  }

  @Get('slow-head')
  slowHead(
    @Query('ms', wholeNumber({ min: 0, max: 600_000, fallback: 3000 })) headMs: number,
    @Query('count', COUNT) count: number,
    @Query('interval', INTERVAL_MS) ms: number,
    @Res() res: ServerResponse,
  ): void {
    res.setHeader('Content-Type', EVENT_STREAM)
    // The first write sends the head.
    sendEach(
      res,
      concat(
        timer(headMs).pipe(ignoreElements()),
        ticks(count, ms, (n) => sseBlock(n, sample(n, count))),
      ),
    )
  }

  @Get('status/:code')
  status(
    @Param('code', wholeNumber({ min: 200, max: 599, fallback: 500 })) code: number,
    @Res() res: ServerResponse,
  ): void {
    const mayHaveBody = code !== 204 && code !== 205 && code !== 304
    res.writeHead(code, mayHaveBody ? { 'Content-Type': 'application/json' } : {})
    res.end(mayHaveBody ? JSON.stringify({ error: { message: `Answered ${code} as asked.`, type: 'demo', code } }) : '')
  }
}

function* floodPieces(count: number): Generator<string> {
  let piece = ''
  for (let n = 1; n <= count; n += 1) {
    piece += `id: ${n}\ndata: {"n":${n}}\n\n`
    if (piece.length < PIECE_CHARACTERS && n < count) continue
    yield piece
    piece = ''
  }
}

/** One event whose data is exactly `mebibytes` long. */
function* bigPieces(mebibytes: number): Generator<string> {
  const piece = '0123456789abcdef'.repeat(PIECE_CHARACTERS / 16)
  yield 'data: '
  for (let sent = 0; sent < mebibytes * MEBIBYTE; sent += PIECE_CHARACTERS) yield piece
  yield '\n\n'
}
