/** What an answer needs of its connection, whatever version of HTTP that speaks. */
import type { Deed, Framing } from './fault.ts'

export interface FaultRequest {
  readonly method: string
  /** Path and query. */
  readonly url: string
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readBody(): Promise<string>
}

export interface Head {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly framing: Framing
  /** What Content-Length says where `framing` is `length`; HTTP/2 says it there, too. */
  readonly lengthBytes: number
  /** Whether the connection is good for another request once this answer is complete. */
  readonly keepAlive: boolean
  readonly trailers: boolean
}

/** Deeds that differ by protocol; the rest are made of writes. */
export type WireDeed = Exclude<Deed, 'stall' | 'badcode'>

export interface Wire {
  readonly httpVersion: 1 | 2
  /** Fires when the client has closed the connection, or reset its stream. */
  readonly left: AbortSignal
  /** Half of the head (HTTP/1.1 only), or all that is left of it. Resolves when the system has the bytes. */
  head(head: Head, whole: boolean): Promise<void>
  /** A part of the body. Resolves when the system has the bytes; rejects if the client has left. */
  write(bytes: Uint8Array): Promise<void>
  /** `code` is HTTP/2's error code. Nothing can be written after it. */
  end(deed: WireDeed, code: number): Promise<void>
}

export type Answer = (request: FaultRequest, wire: Wire) => Promise<void>
