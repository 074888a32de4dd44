/** What came from a page is checked here field by field: whatever a page fakes, the rest of the panel sees right types. */
import { isRecord } from '../protocol.ts'
import type { RecordedBody, StreamRecord } from '../protocol.ts'

type Check = (value: unknown) => boolean

const isText: Check = (value) => typeof value === 'string'
const isTime: Check = (value) => typeof value === 'number' && Number.isFinite(value)
const isSize: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0
const isFlag: Check = (value) => typeof value === 'boolean'

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const oneOf =
  (...allowed: readonly unknown[]): Check =>
  (value) =>
    allowed.includes(value)

const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)

const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)

const shape = (fields: Readonly<Record<string, Check>>): Check => {
  const checks = Object.entries(fields)
  return (value) => isObject(value) && checks.every(([name, check]) => check(value[name]))
}

const isHow = oneOf('done', 'cancel', 'error', 'abort', 'timeout')
const isHowOrLeave: Check = (value) => value === 'leave' || isHow(value)
const isHeader: Check = (value) => Array.isArray(value) && value.length === 2 && value.every(isText)
const isOptions: Check = (value) => isObject(value) && Object.values(value).every(isText)
const isReason = shape({ type: isText, name: isText, text: isText })
const isReasonOrNull: Check = (value) => value === null || isReason(value)
const isField = shape({ name: isText, value: isText })
const isFile = shape({ name: isText, fileName: isText, type: isText, sizeBytes: isSize })

const BODIES: Readonly<Record<RecordedBody['kind'], Check>> = {
  none: () => true,
  text: shape({ text: isText, sizeBytes: isSize, cut: isFlag }),
  form: shape({ entries: listOf((entry) => isField(entry) || isFile(entry)) }),
  bytes: shape({ base64: isText, sizeBytes: isSize, cut: isFlag, type: isText }),
  stream: () => true,
  unseen: shape({ why: isText }),
}

const isBody: Check = (value) => {
  if (!isObject(value) || typeof value['kind'] !== 'string' || !Object.hasOwn(BODIES, value['kind'])) return false
  return BODIES[value['kind'] as RecordedBody['kind']](value)
}

const RECORDS: Readonly<Record<StreamRecord['k'], Check>> = {
  document: shape({ url: isText, timeOriginMs: isTime }),
  open: shape({
    c: isCount,
    transport: oneOf('fetch', 'eventsource', 'xhr'),
    method: isText,
    url: isText,
    headers: listOf(isHeader),
    body: isBody,
    options: isOptions,
    stack: isText,
    asked: isText,
    replay: optional(shape({ run: isText, of: isText })),
  }),
  body: shape({ c: isCount, body: isBody }),
  head: shape({
    c: isCount,
    status: isCount,
    statusText: isText,
    type: isText,
    redirected: isFlag,
    url: isText,
    headers: listOf(isHeader),
    declared: isText,
  }),
  chunk: shape({ c: isCount, sizeBytes: isSize, text: isText, raw: optional(isText) }),
  event: shape({ c: isCount, type: isText, data: isText, id: isText, origin: isText }),
  attempt: shape({ c: isCount, state: oneOf('open', 'reconnecting') }),
  demand: shape({ c: isCount, pending: isFlag }),
  note: shape({
    c: isCount,
    note: oneOf('rebuilt', 'held-open', 'unseen-consumer', 'read-by', 'no-text-until-end', 'listens-to', 'cut'),
    detail: isText,
  }),
  'document-note': shape({
    note: oneOf('replaced', 'wrapped-before', 'unpatched', 'service-worker', 'made-up'),
    detail: isText,
  }),
  end: shape({
    c: isCount,
    how: isHow,
    reason: isReasonOrNull,
    by: isText,
    stack: isText,
    signal: isReasonOrNull,
    readyState: isTime,
    limitMs: optional(isTime),
    early: optional(isFlag),
    leaving: optional(isFlag),
  }),
  also: shape({ c: isCount, how: isHowOrLeave, reason: isReasonOrNull, by: isText, stack: isText }),
  dropped: shape({ c: isCount, records: isCount, sizeBytes: isSize }),
}

/** The record with every field of the type it should have, or null. */
export function toRecord(value: unknown): StreamRecord | null {
  if (!isRecord(value) || !isTime(value.atMs) || value.n < 1) return null
  return RECORDS[value.k](value) ? value : null
}
