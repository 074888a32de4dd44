import type { IncomingMessage } from 'node:http'
import { All, Body, Controller, Delete, Get, Header, HttpCode, Inject, Req } from '@nestjs/common'
import { RequestLog, type LoggedRequest } from './request-log.ts'
import { sample, type Sample } from './sample.ts'

/** Answers that are no streams. */
@Controller()
export class PlainController {
  readonly #log: RequestLog

  constructor(@Inject(RequestLog) log: RequestLog) {
    this.#log = log
  }

  @Get('json')
  @Header('Cache-Control', 'no-store')
  json(): { stream: false; items: Sample[] } {
    return { stream: false, items: [1, 2, 3].map((n) => sample(n, 3)) }
  }

  /** What came: `headers` in the order and spelling of the wire, the body as text and its size in bytes. */
  @All('echo')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  echo(@Req() request: IncomingMessage, @Body() body: Uint8Array | undefined): object {
    const { rawHeaders } = request
    const bytes = Buffer.from(body ?? [])
    return {
      method: request.method,
      url: request.url,
      headers: rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1]]] : [])),
      body: bytes.toString('utf8'),
      sizeBytes: bytes.length,
    }
  }

  @Get('log')
  @Header('Cache-Control', 'no-store')
  log(): { requests: LoggedRequest[] } {
    return { requests: this.#log.list() }
  }

  @Delete('log')
  @HttpCode(204)
  clearLog(): void {
    this.#log.clear()
  }
}
