import type { IncomingMessage, ServerResponse } from 'node:http'
import { Controller, Get, Inject, NotFoundException, Param, Req, Res } from '@nestjs/common'
import type { FaultServer } from '../faults/server.ts'
import { FAULTS, Origins } from './origins.ts'
import { PageFiles } from './page-files.ts'

const STRICT_POLICY = "script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  map: 'application/json',
}

/** The built pages of demo/page. */
@Controller()
export class PagesController {
  readonly #files: PageFiles
  readonly #origins: Origins
  readonly #faults: FaultServer

  constructor(
    @Inject(PageFiles) files: PageFiles,
    @Inject(Origins) origins: Origins,
    @Inject(FAULTS) faults: FaultServer,
  ) {
    this.#files = files
    this.#origins = origins
    this.#faults = faults
  }

  @Get()
  index(@Res() res: ServerResponse): void {
    this.#sendIndex(res)
  }

  @Get('csp')
  csp(@Res() res: ServerResponse): void {
    res.setHeader('Content-Security-Policy', STRICT_POLICY)
    this.#sendIndex(res)
  }

  @Get('frames')
  frames(@Req() req: IncomingMessage, @Res() res: ServerResponse): void {
    this.#send(res, 'frames.html', (html) => html.replaceAll('__OTHER_ORIGIN__', this.#origins.otherThan(req)))
  }

  @Get('frame')
  frame(@Res() res: ServerResponse): void {
    this.#send(res, 'frame.html')
  }

  @Get('assets/:name')
  asset(@Param('name') name: string, @Res() res: ServerResponse): void {
    this.#send(res, `assets/${name}`)
  }

  #sendIndex(response: ServerResponse): void {
    const { origin, tlsOrigin, refusedOrigin, unknownHost } = this.#faults
    const origins = { HTTP: origin, TLS: tlsOrigin, REFUSED: refusedOrigin, UNKNOWN: unknownHost }
    this.#send(response, 'index.html', (html) =>
      Object.entries(origins).reduce((text, [name, value]) => text.replaceAll(`__FAULT_${name}__`, value), html),
    )
  }

  #send(response: ServerResponse, name: string, change = (text: string) => text): void {
    const text = this.#files.get(name)
    if (text === undefined) throw new NotFoundException(`There is no file "${name}".`)
    const contentType = CONTENT_TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
    response.setHeader('Content-Type', contentType)
    response.setHeader('Cache-Control', 'no-store')
    response.end(change(text))
  }
}
