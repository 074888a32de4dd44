/** Content encodings, piece by piece. */
import { constants, createBrotliCompress, createDeflate, createGzip } from 'node:zlib'
import type { Encoding } from './fault.ts'

export interface Encoder {
  /** The compressed bytes that can be sent now: all of them where each piece is flushed, else often none. */
  encode(bytes: Uint8Array): Promise<Uint8Array>
  finish(): Promise<Uint8Array>
}

export function createEncoder(encoding: Exclude<Encoding, 'none'>, flushes: boolean): Encoder {
  const stream = open(encoding)
  const flushKind = encoding === 'br' ? constants.BROTLI_OPERATION_FLUSH : constants.Z_SYNC_FLUSH
  let ready: Buffer[] = []
  stream.on('data', (bytes: Buffer) => ready.push(bytes))
  const take = () => {
    const bytes = Buffer.concat(ready)
    ready = []
    return bytes
  }
  return {
    async encode(bytes) {
      await new Promise<void>((resolve) => stream.write(bytes, () => resolve()))
      if (flushes) await new Promise<void>((resolve) => stream.flush(flushKind, resolve))
      return take()
    },
    async finish() {
      const ended = new Promise((resolve) => stream.once('end', resolve))
      stream.end()
      await ended
      return take()
    },
  }
}

function open(encoding: Exclude<Encoding, 'none'>) {
  switch (encoding) {
    case 'gzip':
      return createGzip()
    case 'deflate':
      return createDeflate()
    case 'br':
      return createBrotliCompress()
    default:
      return encoding satisfies never
  }
}
