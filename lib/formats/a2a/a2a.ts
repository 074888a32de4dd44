/** A2A: the task of an agent, its status and its artifacts as they grow; or one message in answer. Versions 0.3 and 1. */
import { saying } from '../../i18n/saying.ts'
import type { Wording } from '../../i18n/saying.ts'
import { toA2aUpdate } from './update.ts'
import type { A2aUpdate } from './update.ts'
import { createA2aTask } from './task.ts'
import type { Folding, Format, FormatEvent, Match, Sample, Terminal } from '../format.ts'
import { closeParts, continuePart, createGrowingTurn, grow } from '../folding/growing-turn.ts'
import type { GrowingMessage } from '../folding/growing-turn.ts'
import { toRpcMessages } from '../json/json-rpc.ts'
import { isObject, parseJson, toJson, toObject, toObjects, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'
import { toBase64SizeBytes } from '../folding/media.ts'
import type { Finish } from '../turn.ts'
import { toTable } from '../folding/table.ts'

const NAME = 'a2a'
const METHOD = /^(?:message\/stream|tasks\/resubscribe|SendStreamingMessage|SubscribeToTask)$/
const STATE_KINDS = toTable<Finish['kind']>({
  completed: 'stop',
  failed: 'error',
  rejected: 'error',
  canceled: 'abort',
  'input-required': 'other',
  'auth-required': 'other',
})

export const a2a: Format = {
  name: NAME,
  label: 'A2A',
  expected: saying('a message, or a status that ends or interrupts the task'),
  match,
  terminal,
  start,
}

function match(sample: Sample): Match | null {
  const evidence: Wording[] = []
  const update = sample.first.map((event) => toA2aUpdate(parseJson(event.data))).find((found) => found !== null)
  const isSure = update !== undefined && update.kind !== 'error'
  if (isSure) evidence.push(saying('an event is an A2A {kind}', { kind: update.kind }))
  const asked = toRpcMessages(parseJson(sample.requestBody)).find(
    (message) => message.kind === 'request' && METHOD.test(message.method),
  )
  if (asked?.kind === 'request')
    evidence.push(saying('the request posts the JSON-RPC method {method}', { method: asked.method }))
  return evidence.length === 0 ? null : { certainty: isSure ? 'sure' : 'likely', evidence }
}

function terminal(last: readonly FormatEvent[]): Terminal | null {
  for (const event of last.toReversed()) {
    const update = toA2aUpdate(parseJson(event.data))
    const index = event.index
    if (update === null) continue
    if (update.kind === 'error') return { kind: 'error', index, name: 'error', text: update.text }
    if (update.kind === 'message') return { kind: 'end', index, name: 'message', text: '' }
    const state = toEndState(update)
    if (state === null) continue
    const isError = STATE_KINDS[state] === 'error'
    const text = isError ? toMessageText(toObject(toStatus(update)['message']) ?? {}) : ''
    return { kind: isError ? 'error' : 'end', index, name: `status ${state}`, text }
  }
  return null
}

function toStatus(update: A2aUpdate): JsonObject {
  return 'value' in update ? (toObject(update.value['status']) ?? {}) : {}
}

/** `TASK_STATE_INPUT_REQUIRED` (version 1) is `input-required` (0.3). */
function toState(state: unknown): string {
  return toText(state)
    .replace(/^TASK_STATE_/, '')
    .toLowerCase()
    .replaceAll('_', '-')
}

/** The state by which a task ends its stream; null while it goes on. */
function toEndState(update: A2aUpdate): string | null {
  if (update.kind !== 'status-update' && update.kind !== 'task') return null
  const state = toState(toStatus(update)['state'])
  return state in STATE_KINDS || update.value['final'] === true ? state : null
}

function start(): Folding {
  const turn = createGrowingTurn(NAME)
  const task = createA2aTask()
  const known = new Set<string>()
  const finishedArtifacts = new Set<string>()

  function step(event: FormatEvent): void {
    const value = turn.read(event)
    if (value === null) return
    const update = toA2aUpdate(value)
    if (update === null) return turn.strange(Object.keys(value).slice(0, 3).join(', '), event.index)
    if (turn.endedAt !== null) {
      turn.problem('event-after-end', saying('A {kind} after the end', { kind: update.kind }), event.index)
    }
    takeUpdate(update, event.index)
  }

  function takeUpdate(update: A2aUpdate, event: number): void {
    switch (update.kind) {
      case 'error':
        turn.error(update.text, update.code, event)
        return turn.ended(event)
      case 'message': {
        task.message(update.value)
        const message = takeMessage(update.value, event)
        turn.id ||= message.key
        return turn.ended(event)
      }
      case 'task':
        turn.id = toText(update.value['id'])
        task.task(update.value)
        for (const artifact of toObjects(update.value['artifacts'])) takeArtifact(artifact, false, event)
        return takeStatus(update, event)
      case 'status-update':
        turn.id ||= toText(update.value['taskId'])
        task.status(update.value)
        return takeStatus(update, event)
      case 'artifact-update':
        return takeArtifactUpdate(update.value, event)
      default:
        return update satisfies never
    }
  }

  function takeStatus(update: A2aUpdate, event: number): void {
    const status = toStatus(update)
    const message = toObject(status['message'])
    const state = toState(status['state'])
    const part = turn.open(turn.message('task', 'task'), 'data', 'status', event)
    part.name = 'status'
    part.closed = true
    grow(part, state, event)
    if (message !== null) takeMessage(message, event)
    const end = toEndState(update)
    if (end === null) return
    const kind = STATE_KINDS[end] ?? 'other'
    turn.finish(turn.message('task', 'task'), end, kind, event)
    if (kind === 'error')
      turn.error(toMessageText(message ?? {}) || saying('The task is {state}', { state: end }), end, event)
    turn.ended(event)
  }

  /** A message that came before, as a task's status may repeat it, is shown once. */
  function takeMessage(value: JsonObject, event: number): GrowingMessage {
    const id = toText(value['messageId'])
    const role = toText(value['role'])
      .replace(/^ROLE_/, '')
      .toLowerCase()
    const message = turn.message(id === '' ? `message ${turn.messages.length}` : id, role)
    if (id !== '' && known.has(id)) return message
    known.add(id)
    for (const part of toParts(value)) addPart(message, part, event)
    return message
  }

  function takeArtifactUpdate(value: JsonObject, event: number): void {
    const artifact = toObject(value['artifact'])
    if (artifact === null)
      return turn.problem('unexpected-shape', saying('An artifact-update without an artifact'), event)
    turn.id ||= toText(value['taskId'])
    const id = toText(artifact['artifactId'])
    const isAppended = value['append'] === true
    if (isAppended && !known.has(`artifact ${id}`)) {
      turn.problem('delta-without-block', saying('More of the artifact {id}, which did not come before', { id }), event)
    } else if (isAppended && finishedArtifacts.has(id)) {
      turn.problem('delta-without-block', saying('More of the artifact {id} after its last chunk', { id }), event)
    }
    task.artifact(value, artifact)
    const message = takeArtifact(artifact, isAppended, event)
    finishedArtifacts.delete(id)
    if (value['lastChunk'] !== true) return
    finishedArtifacts.add(id)
    const last = message.parts.at(-1)
    if (last !== undefined) last.closed = true
  }

  /** An artifact that comes anew stands below the one that it replaces: both were sent. */
  function takeArtifact(artifact: JsonObject, isAppended: boolean, event: number): GrowingMessage {
    const id = toText(artifact['artifactId'])
    known.add(`artifact ${id}`)
    const message = turn.message(`artifact ${id}`, 'artifact')
    const last = message.parts.at(-1)
    if (!isAppended && last !== undefined) last.closed = true
    for (const part of toParts(artifact)) addPart(message, part, event)
    return message
  }

  function addPart(message: GrowingMessage, part: JsonObject, event: number): void {
    if (typeof part['text'] === 'string') return grow(continuePart(turn, message, 'text', event), part['text'], event)
    const file = toFile(part)
    if (file !== null) {
      const shown = continuePart(turn, message, 'media', event)
      Object.assign(shown, file)
      shown.closed = true
      return
    }
    const shown = continuePart(turn, message, 'data', event)
    shown.closed = true
    shown.name = 'data'
    grow(shown, toJson('data' in part ? part['data'] : part), event)
    if (!('data' in part)) turn.strange(`part ${toText(part['kind']) || Object.keys(part).join(', ')}`, event)
  }

  return {
    step,
    turn,
    end() {
      closeParts(turn)
      if (turn.endedAt !== null) return
      turn.problem(
        'missing-terminal',
        saying('The stream ended, but no message and no last status of the task came'),
        -1,
      )
    },
    final: () => task.final(),
  }
}

function toParts(holder: JsonObject): readonly JsonObject[] {
  return toObjects(holder['parts'])
}

function toMessageText(message: JsonObject): string {
  return toParts(message)
    .map(({ text }) => toText(text))
    .join('')
}

/** Version 0.3 has a file in the part, version 1 the fields themselves. */
function toFile(part: JsonObject) {
  const file = toObject(part['file']) ?? (isFile(part) ? part : null)
  if (file === null) return null
  return {
    mediaType: toText(file['mimeType']) || toText(file['mediaType']),
    name: toText(file['name']) || toText(file['filename']),
    url: toText(file['uri']) || toText(file['url']),
    sizeBytes: toBase64SizeBytes(toText(file['bytes']) || toText(file['raw'])),
  }
}

function isFile(part: JsonObject): boolean {
  return isObject(part) && (typeof part['url'] === 'string' || typeof part['raw'] === 'string')
}
