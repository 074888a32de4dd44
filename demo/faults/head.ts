/** Heads: of faults, of preflights, and the CORS part of both. */
import type { Fault } from './fault.ts'
import type { FaultRequest, Head } from './wire.ts'

type Headers = readonly (readonly [name: string, value: string])[]

export function headOf(fault: Fault, request: FaultRequest, honestBytes: number): Head {
  const { length, framing, status } = fault
  const headers: [string, string][] = [['Cache-Control', 'no-store']]
  if (fault.type !== null) headers.push(['Content-Type', fault.type])
  if (fault.encoding !== 'none') headers.push(['Content-Encoding', fault.encoding])
  if (fault.location !== null) headers.push(['Location', fault.location])
  return {
    status,
    headers: [...headers, ...corsHeaders(fault.cors, request), ...fault.headers],
    // A body after these would be taken for the next answer's head.
    framing: status === 204 || status === 304 ? 'close' : framing,
    lengthBytes: lengthOf(length, honestBytes),
    // After a wrong length, a client would take the rest for the next answer, or wait for what never comes.
    keepAlive: fault.keepAlive && length === null,
    trailers: fault.trailers,
  }
}

function lengthOf(length: Fault['length'], honestBytes: number): number {
  if (length === null) return honestBytes
  return 'exactly' in length ? length.exactly : Math.max(0, honestBytes + length.more)
}

/** The answer to a preflight: allows what is asked, unless CORS is refused. */
export function preflightHead(fault: Fault, request: FaultRequest): Head {
  const allowed: Headers = [
    ...corsHeaders(fault.cors, request),
    ['Access-Control-Allow-Methods', request.headers['access-control-request-method'] ?? 'GET, POST'],
    ['Access-Control-Allow-Headers', request.headers['access-control-request-headers'] ?? '*'],
  ]
  return plainHead(204, fault.preflight && fault.cors !== null ? allowed : [])
}

/** The head of an answer that is no fault. */
export function plainHead(status: number, headers: Headers, lengthBytes = 0): Head {
  const framing = status === 204 ? 'close' : 'length'
  return { status, headers, framing, lengthBytes, keepAlive: true, trailers: false }
}

function corsHeaders(cors: string | null, request: FaultRequest): [string, string][] {
  if (cors === null) return []
  const exposed: [string, string] = ['Access-Control-Expose-Headers', '*']
  if (cors !== 'origin') return [['Access-Control-Allow-Origin', cors], exposed]
  return [
    ['Access-Control-Allow-Origin', request.headers['origin'] ?? '*'],
    ['Access-Control-Allow-Credentials', 'true'],
    ['Vary', 'Origin'],
    exposed,
  ]
}
