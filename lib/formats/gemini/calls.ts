/** Calls and their results in a Gemini candidate: the page's functions, the provider's own tools, code that it runs. */
import { saying } from '../../i18n/saying.ts'
import { createPiecedArgs } from './args.ts'
import type { PiecedArgs } from './args.ts'
import { continuePart, grow } from '../folding/growing-turn.ts'
import type { GrowingMessage, GrowingTurn, PartOf } from '../folding/growing-turn.ts'
import { toJson, toObject, toObjects, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'

export interface GeminiCalls {
  /** False for parts of another kind. */
  take(part: JsonObject, event: number): boolean
  /** The part that the latest `take` completed, as the call without streaming gives it; null while it goes on. */
  finished(): JsonObject | null
  end(failed: boolean): void
}

/** A function call that goes on in the next event. */
interface OpenCall {
  readonly part: PartOf<'tool call'>
  readonly fields: Record<string, unknown>
  readonly args: PiecedArgs
}

export function createGeminiCalls(turn: GrowingTurn, message: GrowingMessage): GeminiCalls {
  let open: OpenCall | null = null
  let done: JsonObject | null = null

  function addCall(call: JsonObject, name: string, isServer: boolean, event: number): PartOf<'tool call'> {
    const part = turn.open(message, 'tool call', String(message.parts.length), event)
    part.id = toText(call['id'])
    part.name = name
    part.server = isServer
    return part
  }

  function closeLast(): void {
    const last = message.parts.at(-1)
    if (last !== undefined) last.closed = true
  }

  function takeFunctionCall(whole: JsonObject, call: JsonObject, event: number): void {
    if (open === null) {
      closeLast()
      const part = addCall(call, toText(call['name']), false, event)
      open = { part, fields: {}, args: createPiecedArgs() }
    }
    const { fields, args, part } = open
    const { willContinue: _, partialArgs: __, ...others } = call
    Object.assign(fields, whole, { functionCall: { ...toObject(fields['functionCall']), ...others } })
    part.lastEvent = event
    for (const piece of toObjects(call['partialArgs'])) part.arguments.add(args.add(piece), event)
    if (call['willContinue'] === true) return
    const given = toObject(call['args'])
    const all = args.isEmpty ? given : { ...given, ...args.value() }
    part.arguments.add(args.isEmpty ? toJson(given ?? {}) : args.close(), event)
    part.closed = true
    done = all === null ? fields : { ...fields, functionCall: { ...toObject(fields['functionCall']), args: all } }
    open = null
  }

  function takeResult(part: JsonObject, id: string, name: string, isError: boolean, text: string, event: number): void {
    const shown = continuePart(turn, message, 'tool result', event)
    shown.id = id
    shown.name = name
    shown.isError = isError
    shown.closed = true
    grow(shown, text, event)
    done = part
  }

  return {
    take(part, event) {
      done = null
      const call = toObject(part['functionCall'])
      if (call !== null) {
        takeFunctionCall(part, call, event)
        return true
      }
      const code = toObject(part['executableCode'])
      const tool = toObject(part['toolCall'])
      if (code !== null || tool !== null) {
        closeLast()
        const shown = addCall(
          code ?? tool ?? {},
          code === null ? toText(tool?.['toolType']) : 'code_execution',
          true,
          event,
        )
        shown.arguments.add(toJson(code ?? toObject(tool?.['args']) ?? {}), event)
        shown.closed = true
        done = part
        return true
      }
      const output = toObject(part['codeExecutionResult'])
      if (output !== null) {
        const isError = output['outcome'] !== 'OUTCOME_OK'
        takeResult(part, toText(output['id']), 'code_execution', isError, toText(output['output']), event)
        return true
      }
      const answer = toObject(part['functionResponse']) ?? toObject(part['toolResponse'])
      if (answer === null) return false
      const name = toText(answer['name']) || toText(answer['toolType'])
      const response = toObject(answer['response']) ?? {}
      takeResult(part, toText(answer['id']), name, 'error' in response, toJson(response), event)
      return true
    },
    finished: () => done,
    end(failed) {
      if (open === null) return
      if (!failed)
        turn.problem(
          'unclosed-block',
          saying('The call of {name} was to go on, but did not', { name: open.part.name }),
          -1,
        )
      open = null
    },
  }
}
