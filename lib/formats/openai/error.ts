import { isObject, toNumber, toText } from '../json/json.ts'

export interface StreamError {
  readonly text: string
  /** Empty where there is none. */
  readonly code: string
}

/**
 * The error that an event of an OpenAI-compatible stream carries, in any of the ways servers write it: in an `error`
 * field (an object or a sentence), as an object of its own, or as an event of type `error`. Null where it carries none.
 */
export function toStreamError(eventType: string, data: unknown): StreamError | null {
  if (!isObject(data)) return eventType === 'error' ? { text: toText(data), code: '' } : null
  const { error } = data
  if (typeof error === 'string' && error !== '') return { text: error, code: toCode(data['code']) }
  if (isObject(error)) return { text: toText(error['message']), code: toCode(error['code']) || toCode(error['type']) }
  if (eventType !== 'error' && data['object'] !== 'error' && data['type'] !== 'error') return null
  const type = toCode(data['type'])
  return { text: toText(data['message']), code: toCode(data['code']) || (type === 'error' ? '' : type) }
}

function toCode(value: unknown): string {
  return toText(value) || (toNumber(value)?.toString() ?? '')
}
