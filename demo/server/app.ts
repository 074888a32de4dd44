import 'reflect-metadata'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { startFaultServer, type FaultServer } from '../faults/server.ts'
import { ChatController } from './chat.controller.ts'
import { HostileController } from './hostile.controller.ts'
import { FAULTS, Origins } from './origins.ts'
import { loadPageFiles, PageFiles } from './page-files.ts'
import { PagesController } from './pages.controller.ts'
import { PlainController } from './plain.controller.ts'
import { RequestLog } from './request-log.ts'
import { StreamsController } from './streams.controller.ts'

const HOST = '127.0.0.1'

@Module({})
class DemoModule {}

export interface DemoServer {
  readonly url: string
  /** The same application at a second origin. */
  readonly crossOrigin: string
  /** Answers that go wrong, on ports of their own. */
  readonly faults: FaultServer
  /** Breaks what is open and frees all ports. */
  close(): Promise<void>
}

/** Starts the demo server on loopback. `port` 0 takes a free one; rejects with EADDRINUSE where it is taken. */
export async function startServer(port: number): Promise<DemoServer> {
  const log = new RequestLog()
  const origins = new Origins()
  const faults = await startFaultServer()
  const app = await NestFactory.create<NestExpressApplication>(
    {
      module: DemoModule,
      controllers: [StreamsController, ChatController, HostileController, PlainController, PagesController],
      providers: [
        { provide: RequestLog, useValue: log },
        { provide: Origins, useValue: origins },
        { provide: FAULTS, useValue: faults },
        { provide: PageFiles, useValue: await loadPageFiles() },
      ],
    },
    { logger: ['error', 'fatal'], bodyParser: false, forceCloseConnections: true, abortOnError: false },
  )
  app.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
    if (request.url !== '/log') response.setHeader('X-Request-Id', log.follow(request, response))
    if (!origins.allow(request, response)) next()
  })
  // Bytes, whatever their type says: /echo shows what came, /chat reads its JSON itself.
  app.useBodyParser('raw', { type: () => true, limit: '8mb' })
  app.getHttpAdapter().getInstance().disable('x-powered-by')

  await app.listen(port, HOST)
  const first: Server = app.getHttpServer()
  const second = createServer(app.getHttpAdapter().getInstance())
  await new Promise<void>((resolve, reject) => second.once('error', reject).listen(0, HOST, resolve))
  const [firstPort, secondPort] = [portOf(first), portOf(second)]
  origins.set(firstPort, secondPort)
  return {
    url: `http://${HOST}:${firstPort}/`,
    crossOrigin: `http://${HOST}:${secondPort}/`,
    faults,
    async close() {
      const closed = new Promise((resolve) => second.close(resolve))
      second.closeAllConnections()
      await Promise.all([closed, app.close(), faults.close()])
    },
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}
