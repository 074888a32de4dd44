/** Calls, their results, and every other output item that is no text: shown by a table of what their fields mean. */
import { saying } from '../../i18n/saying.ts'
import { createDuplicateWatch } from '../folding/duplicates.ts'
import { checkArguments, grow } from '../folding/growing-turn.ts'
import type { GrowingMessage, GrowingTurn, PartOf } from '../folding/growing-turn.ts'
import { toIndex, toJson, toList, toNumber, toObject, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'
import { toBase64SizeBytes } from '../folding/media.ts'
import { growPart } from '../folding/open-parts.ts'
import { createShellOutput } from './responses-shell.ts'
import { settleText } from '../folding/settle.ts'

export interface ResponseTool {
  /** False where the event is none of such an item's. */
  take(type: string, data: JsonObject, event: number): boolean
  finish(raw: JsonObject, event: number): void
  end(event: number): void
  /** The item's fields that events filled. */
  final(): JsonObject
}

interface CallKind {
  /** Run by the provider. */
  readonly server: boolean
  /** The fields that say what is asked for, the first that is there counts. */
  readonly asks: readonly string[]
  /** The fields that hold the result, where the call itself has one. */
  readonly gives: readonly string[]
  /** What is asked for is JSON text. */
  readonly isJson?: boolean
}

const CALLS: ReadonlyMap<string, CallKind> = new Map(
  Object.entries({
    function_call: { server: false, asks: ['arguments'], gives: [], isJson: true },
    custom_tool_call: { server: false, asks: ['input'], gives: [] },
    mcp_call: { server: true, asks: ['arguments'], gives: ['error', 'output'], isJson: true },
    mcp_approval_request: { server: true, asks: ['arguments'], gives: [], isJson: true },
    web_search_call: { server: true, asks: ['action'], gives: [] },
    file_search_call: { server: true, asks: ['queries'], gives: ['results'] },
    code_interpreter_call: { server: true, asks: ['code'], gives: ['outputs'] },
    image_generation_call: { server: true, asks: ['revised_prompt'], gives: ['error'] },
    tool_search_call: { server: true, asks: ['arguments'], gives: [] },
    program: { server: true, asks: ['code'], gives: [] },
    computer_call: { server: false, asks: ['actions', 'action'], gives: [] },
    local_shell_call: { server: false, asks: ['action'], gives: [] },
    shell_call: { server: false, asks: ['action'], gives: [] },
    apply_patch_call: { server: false, asks: ['operation'], gives: [] },
  } as const),
)

/** Results that are items of their own, with the field they are in. */
const RESULTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    function_call_output: 'output',
    custom_tool_call_output: 'output',
    computer_call_output: 'output',
    local_shell_call_output: 'output',
    shell_call_output: 'output',
    apply_patch_call_output: 'output',
    program_output: 'result',
    tool_search_output: 'tools',
  } as const),
)

/** Deltas of what is asked for, and the field of the whole in the event that ends them. */
const DELTAS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'response.function_call_arguments': 'arguments',
    'response.mcp_call_arguments': 'arguments',
    'response.custom_tool_call_input': 'input',
    'response.code_interpreter_call_code': 'code',
  } as const),
)
const STATUS = /^response\.(?:\w+_call|mcp_list_tools|compaction)\.(\w+)$/

export function createResponseTool(
  turn: GrowingTurn,
  message: GrowingMessage,
  key: string,
  raw: JsonObject,
  event: number,
): ResponseTool {
  const type = toText(raw['type'])
  const call = CALLS.get(type)
  if (call !== undefined) return createCall(turn, message, key, raw, call, event)
  if (RESULTS.has(type)) return createResult(turn, message, key, raw, RESULTS.get(type) ?? 'output', event)
  return createData(turn, message, key, raw, event)
}

function createCall(
  turn: GrowingTurn,
  message: GrowingMessage,
  key: string,
  raw: JsonObject,
  kind: CallKind,
  event: number,
): ResponseTool {
  const type = toText(raw['type'])
  const part = turn.open(message, 'tool call', key, event)
  const watch = createDuplicateWatch(turn)
  const name = saying('the call {key}', { key })
  const commands: string[] = []
  /** The field that deltas fill. */
  let grown = ''
  let status: string | null = null
  part.server = kind.server || toText(toObject(raw['environment'])?.['type']).startsWith('container')
  describe(raw)

  function describe(given: JsonObject): void {
    part.id = toText(given['call_id']) || toText(given['id'])
    part.name = toText(given['name']) || type.replace(/_call$/, '')
    part.status = status ?? toText(given['status'])
  }

  function takeDelta(eventType: string, data: JsonObject, at: number): boolean {
    const dot = eventType.lastIndexOf('.')
    const field = DELTAS.get(eventType.slice(0, dot))
    if (field === undefined) return false
    grown = field
    if (eventType.slice(dot) === '.done') settleText(turn, part, toText(data[field]), name, at)
    else add(toText(data['delta']), at)
    return true
  }

  function add(delta: string, at: number): void {
    watch(delta, at)
    growPart(part, delta, at)
  }

  /** Shell commands come as a list, each in pieces: shown one a line. */
  function takeCommand(eventType: string, data: JsonObject, at: number): boolean {
    const index = toIndex(data['command_index']) ?? 0
    switch (eventType) {
      case 'response.shell_call_command.added':
        commands[index] = toText(data['command'])
        growPart(part, (index === 0 ? '' : '\n') + toText(data['command']), at)
        return true
      case 'response.shell_call_command.delta':
        commands[index] = (commands[index] ?? '') + toText(data['delta'])
        add(toText(data['delta']), at)
        return true
      case 'response.shell_call_command.done':
        commands[index] = toText(data['command'])
        return true
      default:
        return false
    }
  }

  function takeImage(data: JsonObject, at: number): void {
    const image = turn.open(message, 'media', `${key} partial image`, at)
    image.name = saying('partial image {index}', { index: toNumber(data['partial_image_index']) ?? 0 })
    image.mediaType = `image/${toText(data['output_format']) || 'png'}`
    image.sizeBytes = toBase64SizeBytes(toText(data['partial_image_b64']))
    image.closed = true
  }

  return {
    take(eventType, data, at) {
      if (takeDelta(eventType, data, at) || takeCommand(eventType, data, at)) return true
      if (eventType.endsWith('.partial_image')) {
        takeImage(data, at)
        return true
      }
      const [, given] = STATUS.exec(eventType) ?? []
      if (given === undefined) return false
      status = given
      part.status = given
      part.lastEvent = at
      return true
    },
    finish(given, at) {
      status = null
      describe(given)
      part.lastEvent = at
      const asked = kind.asks.map((field) => given[field]).find((value) => value != null)
      if (commands.length === 0 && asked !== undefined) settleText(turn, part, toShown(asked), name, at)
      if (kind.isJson === true) checkArguments(turn, part)
      part.closed = true
      const field = kind.gives.find((candidate) => given[candidate] != null)
      if (field !== undefined) addResult(turn, message, part, given[field], field === 'error', at)
      if (type === 'image_generation_call') addImage(turn, message, key, given, at)
    },
    end() {
      if (kind.isJson === true) checkArguments(turn, part)
    },
    final() {
      const action = commands.length > 0 ? { action: { ...toObject(raw['action']), commands } } : {}
      const text = grown === '' ? {} : { [grown]: part.arguments.text }
      return { ...action, ...text, ...(status === null || !FINAL_STATUS.has(type) ? {} : { status }) }
    },
  }
}

/** Items whose status their events change. */
const FINAL_STATUS = new Set(
  'web_search_call file_search_call code_interpreter_call image_generation_call mcp_call'.split(' '),
)

function addResult(
  turn: GrowingTurn,
  message: GrowingMessage,
  call: PartOf<'tool call'>,
  value: unknown,
  isError: boolean,
  event: number,
): void {
  const result = turn.open(message, 'tool result', `${call.key} result`, event)
  result.id = call.id
  result.name = call.name
  result.isError = isError
  result.closed = true
  grow(result, toShown(value), event)
}

function addImage(turn: GrowingTurn, message: GrowingMessage, key: string, raw: JsonObject, event: number): void {
  const base64 = toText(raw['result'])
  if (base64 === '') return
  const image = turn.open(message, 'media', `${key} image`, event)
  image.mediaType = `image/${toText(raw['output_format']) || 'png'}`
  image.name = toText(raw['id'])
  image.sizeBytes = toBase64SizeBytes(base64)
  image.closed = true
}

function createResult(
  turn: GrowingTurn,
  message: GrowingMessage,
  key: string,
  raw: JsonObject,
  field: string,
  event: number,
): ResponseTool {
  const part = turn.open(message, 'tool result', key, event)
  const shell = createShellOutput(part)
  part.id = toText(raw['call_id']) || toText(raw['id'])
  part.name = toText(raw['name']) || toText(raw['type']).replace(/(?:_call)?_output$/, '')
  return {
    take: (eventType, data, at) => shell.take(eventType, data, at),
    finish(given, at) {
      part.isError = given['status'] === 'failed'
      if (part.text.length === 0 && given[field] != null) grow(part, toShown(given[field]), at)
      part.closed = true
    },
    end() {},
    final: () => shell.final(),
  }
}

/** Lists of tools, compactions, and items that we do not know: as JSON, once they are whole. */
function createData(
  turn: GrowingTurn,
  message: GrowingMessage,
  key: string,
  raw: JsonObject,
  event: number,
): ResponseTool {
  const part = turn.open(message, 'data', key, event)
  part.name = toText(raw['type'])
  return {
    take: (eventType) => STATUS.test(eventType),
    finish(given, at) {
      grow(part, toJson(given), at)
      part.closed = true
    },
    end() {},
    final: () => ({}),
  }
}

function toShown(value: unknown): string {
  if (typeof value === 'string') return value
  if (toObject(value) === null && toList(value).length === 0) return ''
  return toJson(value)
}
