/** The tool calls of one choice: begun with id and name, grown by pieces of arguments, told apart by their index. */
import { saying } from '../../i18n/saying.ts'
import { createDuplicateWatch } from '../folding/duplicates.ts'
import { checkArguments } from '../folding/growing-turn.ts'
import type { GrowingMessage, GrowingTurn, PartOf } from '../folding/growing-turn.ts'
import { toJson, toNumber, toObject, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'
import { growPart } from '../folding/open-parts.ts'

export interface ChatTools {
  /** One element of a delta's `tool_calls`. */
  take(delta: JsonObject, event: number): void
  /** A delta's `function_call`: what there was before there were tools. */
  takeFunctionCall(delta: JsonObject, event: number): void
  end(): void
  /** The message's fields with the calls in them. */
  final(): JsonObject
}

interface Call {
  readonly part: PartOf<'tool call'>
  readonly watch: (delta: string, event: number) => void
  type: string
  /** What else the call carries: the latest of each. */
  readonly fields: Record<string, unknown>
}

export function createChatTools(turn: GrowingTurn, message: GrowingMessage): ChatTools {
  const calls: Call[] = []
  const byIndex = new Map<number, Call>()
  let functionCall: Call | null = null

  function begin(key: string, event: number): Call {
    const part = turn.open(message, 'tool call', key, event)
    return { part, watch: createDuplicateWatch(turn), type: '', fields: {} }
  }

  /** The call that a delta belongs to. Where a server gives no index, a new id begins a new call. */
  function toCall(given: number | null, id: string, name: string, event: number): Call {
    const known = given === null ? calls.at(-1) : byIndex.get(given)
    const isOther = known !== undefined && id !== '' && known.part.id !== '' && known.part.id !== id && name !== ''
    if (known !== undefined && !isOther) return known
    if (given !== null && isOther) {
      const text = saying(
        'The tool calls {first} and {second} share index {index}: clients add their arguments together',
        { first: known.part.id, second: id, index: given },
      )
      turn.problem('unexpected-shape', text, event)
    }
    const index = given ?? calls.length
    const call = begin(`tool ${index}`, event)
    calls.push(call)
    byIndex.set(index, call)
    if (id === '' && name === '') {
      turn.problem(
        'delta-without-block',
        saying('Arguments for tool call {index}, which was not begun with id and name', { index }),
        event,
      )
    }
    return call
  }

  function add(call: Call, name: string, args: unknown, event: number): void {
    if (name !== '') call.part.name = name
    call.part.lastEvent = event
    // Some servers give arguments as an object, whole.
    const delta = typeof args === 'string' ? args : toObject(args) === null ? '' : toJson(args)
    if (delta === '') return
    call.watch(delta, event)
    growPart(call.part, delta, event)
  }

  return {
    take(delta, event) {
      const { index, id, type, function: fn, custom, ...rest } = delta
      const given = toObject(fn) ?? toObject(custom)
      const name = toText(given?.['name'])
      const call = toCall(toNumber(index), toText(id), name, event)
      if (toText(id) !== '') call.part.id = toText(id)
      if (toText(type) !== '') call.type = toText(type)
      else if (call.type === '' && custom !== undefined) call.type = 'custom'
      Object.assign(call.fields, rest)
      add(call, name, given?.['arguments'] ?? given?.['input'], event)
    },
    takeFunctionCall(delta, event) {
      functionCall ??= begin('function_call', event)
      add(functionCall, toText(delta['name']), delta['arguments'], event)
    },
    end() {
      for (const call of functionCall === null ? calls : [...calls, functionCall]) {
        if (call.type !== 'custom') checkArguments(turn, call.part)
      }
    },
    final() {
      const given = functionCall?.part
      return {
        ...(given === undefined ? {} : { function_call: { arguments: given.arguments.text, name: given.name } }),
        ...(calls.length === 0 ? {} : { tool_calls: calls.map(toFinalCall) }),
      }
    },
  }
}

function toFinalCall({ part, type, fields }: Call): JsonObject {
  const { id, name } = part
  const text = part.arguments.text
  if (type === 'custom') return { ...fields, id, type, custom: { name, input: text } }
  return { ...fields, id, type: type || 'function', function: { name, arguments: text } }
}
