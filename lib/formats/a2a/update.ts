/** What one A2A event says, whatever the version (0.3: by `kind`; 1: by the field's name) and the binding (JSON-RPC or plain). */
import { toRpcMessage } from '../json/json-rpc.ts'
import { isObject, toNumber, toObject, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'

export type A2aUpdate =
  | { readonly kind: 'task' | 'message' | 'status-update' | 'artifact-update'; readonly value: JsonObject }
  | { readonly kind: 'error'; readonly text: string; readonly code: string }

type Kind = Exclude<A2aUpdate['kind'], 'error'>

const FIELDS: readonly (readonly [string, Kind])[] = [
  ['task', 'task'],
  ['message', 'message'],
  ['statusUpdate', 'status-update'],
  ['artifactUpdate', 'artifact-update'],
]

/** The update that an event's data is; null for what is none. */
export function toA2aUpdate(data: unknown): A2aUpdate | null {
  const message = toRpcMessage(data)
  if (message?.kind === 'error') return { kind: 'error', text: message.text, code: message.code }
  const content = message?.kind === 'result' ? message.result : message === null ? data : null
  if (!isObject(content)) return null
  for (const [field, kind] of FIELDS) {
    const value = toObject(content[field])
    if (value !== null && hasShape(kind, value)) return { kind, value }
  }
  const kind = FIELDS.find(([, known]) => known === content['kind'])?.[1]
  if (kind !== undefined && hasShape(kind, content)) return { kind, value: content }
  const error = toObject(content['error'])
  if (message !== null || error === null || !('code' in error)) return null
  return { kind: 'error', text: toText(error['message']), code: String(toNumber(error['code']) ?? '') }
}

function hasShape(kind: Kind, value: JsonObject): boolean {
  switch (kind) {
    case 'task':
      return typeof value['id'] === 'string' && isObject(value['status'])
    case 'message':
      return typeof value['messageId'] === 'string' && Array.isArray(value['parts'])
    case 'status-update':
      return typeof value['taskId'] === 'string' && isObject(value['status'])
    case 'artifact-update':
      return typeof value['taskId'] === 'string' && 'artifact' in value
    default:
      return kind satisfies never
  }
}
