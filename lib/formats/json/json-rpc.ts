/** JSON-RPC 2.0 messages, as MCP and A2A send them. */
import { isObject, toList, toNumber, toObject, toText } from './json.ts'
import type { JsonObject } from './json.ts'

export type RpcId = string | number | null

export type RpcMessage =
  | { readonly kind: 'request'; readonly id: RpcId; readonly method: string; readonly params: JsonObject }
  | { readonly kind: 'notification'; readonly method: string; readonly params: JsonObject }
  | { readonly kind: 'result'; readonly id: RpcId; readonly result: unknown }
  | { readonly kind: 'error'; readonly id: RpcId; readonly code: string; readonly text: string }

/** The message that a value is; null for what is none (section 4 and 5 of the specification). */
export function toRpcMessage(value: unknown): RpcMessage | null {
  if (!isObject(value) || value['jsonrpc'] !== '2.0') return null
  const id = typeof value['id'] === 'string' ? value['id'] : toNumber(value['id'])
  if (typeof value['method'] === 'string') {
    const { method } = value
    const params = toObject(value['params']) ?? {}
    return 'id' in value ? { kind: 'request', id, method, params } : { kind: 'notification', method, params }
  }
  const error = toObject(value['error'])
  if (error !== null) {
    return { kind: 'error', id, code: String(toNumber(error['code']) ?? ''), text: toText(error['message']) }
  }
  return 'result' in value ? { kind: 'result', id, result: value['result'] } : null
}

/** One message, or a batch of them (section 6). */
export function toRpcMessages(value: unknown): readonly RpcMessage[] {
  return (Array.isArray(value) ? toList(value) : [value]).map(toRpcMessage).filter((message) => message !== null)
}
