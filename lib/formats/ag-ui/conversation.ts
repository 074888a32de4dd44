/** The messages and the state that an AG-UI run comes to, as its client keeps them. */
import type { GrowingText } from '../folding/grown-text.ts'
import { applyPatch } from '../json/json-patch.ts'
import { isObject, toObject, toObjects, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'

export interface Conversation {
  /** The message of that id; begun with `fields` where there is none. */
  text(id: string, role: string, fields: JsonObject, text: GrowingText): void
  call(id: string, name: string, messageId: string, fields: JsonObject, args: GrowingText): void
  result(fields: JsonObject): void
  activity(event: JsonObject): void
  activityDelta(event: JsonObject): void
  /** What events say about the message or the call that they belong to: later values in place of earlier ones. */
  metadata(isCall: boolean, id: string, given: JsonObject): void
  encrypted(isCall: boolean, id: string, value: unknown): void
  messages(snapshot: readonly JsonObject[]): void
  state(snapshot: unknown): void
  stateDelta(patch: unknown): void
  final(): { readonly messages: JsonObject[]; readonly state?: unknown }
}

interface Call {
  readonly fields: Record<string, unknown>
  readonly name: string
  readonly args: GrowingText
}
interface Entry {
  readonly fields: Record<string, unknown>
  /** Joined when they are asked for. */
  readonly texts: GrowingText[]
  readonly calls: Call[]
  /** Results stand right behind the message that called. */
  readonly results: JsonObject[]
  readonly patches: unknown[]
}

export function createConversation(): Conversation {
  let entries = new Map<string, Entry>()
  const calls = new Map<string, { readonly call: Call; readonly owner: Entry }>()
  let state: { readonly value: unknown } | null = null
  let patches: unknown[] = []

  function add(id: string, fields: Record<string, unknown>): Entry {
    const entry: Entry = { fields, texts: [], calls: [], results: [], patches: [] }
    entries.set(id, entry)
    return entry
  }

  function find(isCall: boolean, id: string): Record<string, unknown> | undefined {
    return isCall ? calls.get(id)?.call.fields : entries.get(id)?.fields
  }

  return {
    text(id, role, fields, text) {
      const entry = entries.get(id) ?? add(id, { id, role, content: '', ...fields })
      entry.texts.push(text)
    },
    call(id, name, messageId, fields, args) {
      if (calls.has(id)) return
      const owner = entries.get(messageId) ?? add(messageId, { id: messageId, role: 'assistant', ...fields })
      const call = { fields: { id, type: 'function' }, name, args }
      owner.calls.push(call)
      calls.set(id, { call, owner })
    },
    result(fields) {
      const owner = calls.get(toText(fields['toolCallId']))?.owner
      if (owner !== undefined) owner.results.push(fields)
      else add(toText(fields['id']), { ...fields })
    },
    activity(event) {
      const id = toText(event['messageId'])
      const known = entries.get(id)
      if (known !== undefined && event['replace'] === false) return
      const { activityType, content } = event
      const fields = { id, role: 'activity', activityType, content, ...toOwner(event) }
      if (known === undefined) add(id, fields)
      else entries.set(id, { fields, texts: [], calls: [], results: known.results, patches: [] })
    },
    activityDelta(event) {
      const entry = entries.get(toText(event['messageId']))
      if (entry?.fields['role'] !== 'activity') return
      entry.fields['activityType'] = event['activityType']
      entry.patches.push(event['patch'])
    },
    metadata(isCall, id, given) {
      const target = find(isCall, id)
      if (target !== undefined) target['metadata'] = { ...toObject(target['metadata']), ...given }
    },
    encrypted(isCall, id, value) {
      const target = find(isCall, id)
      if (target !== undefined) target['encryptedValue'] = value
    },
    messages(snapshot) {
      const known = entries
      const hasRole = (role: string) => snapshot.some((message) => message['role'] === role)
      const isKept = ({ fields: { role } }: Entry) =>
        (role === 'activity' && !hasRole('activity')) || (role === 'reasoning' && !hasRole('reasoning'))
      const byId = new Map(snapshot.map((message) => [toText(message['id']), message]))
      entries = new Map()
      for (const [id, entry] of known) {
        const message = byId.get(id)
        if (message !== undefined) addWhole(id, message)
        else if (isKept(entry)) entries.set(id, entry)
      }
      for (const [id, message] of byId) if (!entries.has(id)) addWhole(id, message)
    },
    state(snapshot) {
      state = { value: snapshot }
      patches = []
    },
    stateDelta(patch) {
      patches.push(patch)
    },
    final() {
      const messages = [...entries.values()].flatMap((entry) => [toMessage(entry), ...entry.results])
      if (state === null && patches.length === 0) return { messages }
      return { messages, state: applyAll(state?.value ?? {}, patches) }
    },
  }

  /** A message of a snapshot: what comes later goes on from it. */
  function addWhole(id: string, message: JsonObject): void {
    const entry = add(id, { ...message })
    for (const call of toObjects(message['toolCalls'])) {
      calls.set(toText(call['id']), { call: { fields: {}, name: '', args: NO_TEXT }, owner: entry })
    }
  }
}

const NO_TEXT = {
  text: '',
  length: 0,
  deltas: 0,
  add() {},
  endOf: () => 0,
  eventOf: () => -1,
  deltaAt: () => -1,
  firstDeltaOf: () => 0,
} satisfies GrowingText

function toMessage({ fields, texts, calls, patches }: Entry): JsonObject {
  const message = { ...fields }
  if (texts.length > 0) message['content'] = toText(fields['content']) + texts.map(({ text }) => text).join('')
  if (patches.length > 0) message['content'] = applyAll(isObject(fields['content']) ? fields['content'] : {}, patches)
  if (calls.length > 0) {
    const own = calls.map(({ fields: call, name, args }) => ({ ...call, function: { name, arguments: args.text } }))
    message['toolCalls'] = [...toObjects(fields['toolCalls']), ...own]
  }
  return message
}

/** A patch that cannot be applied changes nothing. */
function applyAll(document: unknown, patches: readonly unknown[]): unknown {
  return patches.reduce((value, patch) => {
    const changed = applyPatch(value, patch)
    return changed === null ? value : changed.value
  }, document)
}

/** The agent within the agent that it came from, where told. */
export function toOwner(event: JsonObject): JsonObject {
  return event['subagentRunId'] == null ? {} : { subagentRunId: event['subagentRunId'] }
}
