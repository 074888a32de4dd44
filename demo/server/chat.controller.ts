import type { ServerResponse } from 'node:http'
import { Body, Controller, Headers, HttpCode, Post, Query, Res } from '@nestjs/common'
import { chatChunks, toPieces, writeAnswer } from './chat-answer.ts'
import { parseChatRequest } from './chat-request.ts'
import { unauthorized } from './errors.ts'
import { wholeNumber } from './query.ts'
import { EVENT_STREAM, sendEach, sendHead, ticks } from './streaming.ts'

/** A chat completion endpoint with the manners of the well-known ones. */
@Controller()
export class ChatController {
  @Post('chat')
  @HttpCode(200)
  chat(
    @Headers('authorization') authorization: string | undefined,
    @Body() body: Uint8Array | undefined,
    @Query('pace', wholeNumber({ min: 0, max: 5000, fallback: 30 })) paceMs: number,
    @Res() res: ServerResponse,
  ): void {
    if (!/^Bearer \S+$/i.test(authorization ?? '')) {
      res.setHeader('WWW-Authenticate', 'Bearer')
      throw unauthorized('Send a token as "Authorization: Bearer …". Any token will do.')
    }
    const { model, question } = parseChatRequest(body)
    const chunks = [...chatChunks(model, question, toPieces(writeAnswer(question))), '[DONE]']
    sendHead(res, EVENT_STREAM)
    sendEach(
      res,
      ticks(chunks.length, paceMs, (n) => `data: ${chunks[n - 1] ?? ''}\n\n`),
    )
  }
}
