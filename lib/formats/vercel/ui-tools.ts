/** The tool calls of a UI message: input that streams or comes whole, approval, output. */
import { saying } from '../../i18n/saying.ts'
import { msg } from '../../i18n/translate.ts'
import { createDuplicateWatch } from '../folding/duplicates.ts'
import { checkArguments } from '../folding/growing-turn.ts'
import type { GrowingMessage, GrowingTurn, PartOf } from '../folding/growing-turn.ts'
import { toJson, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'
import { growPart } from '../folding/open-parts.ts'
import { parsePartialJson } from '../json/partial-json.ts'
import type { UiPart } from './ui-parts.ts'

export interface VercelTools {
  /** False where the event is none of a tool's. */
  take(type: string, data: JsonObject, event: number): boolean
  /** The same id in another step is another call. */
  startStep(): void
  /** The calls of this step are withdrawn. */
  resetStep(): void
  end(failed: boolean): void
}

interface Tool {
  readonly part: PartOf<'tool call'>
  readonly uiPart: UiPart
  readonly watch: (delta: string, event: number) => void
  /** Input streams as this, until it is there. */
  encoding: 'json' | 'text'
  isStreaming: boolean
}

export function createVercelTools(turn: GrowingTurn, message: () => GrowingMessage, uiParts: UiPart[]): VercelTools {
  const latest = new Map<string, Tool>()
  const inStep = new Map<string, Tool>()
  const byApproval = new Map<string, Tool>()

  /** The call that an event of its input is about; begun where there is none in this step. */
  function toTool(data: JsonObject, event: number): Tool {
    const id = toText(data['toolCallId'])
    const known = inStep.get(id)
    if (known !== undefined) return known
    const part = turn.open(message(), 'tool call', `tool ${id}`, event)
    const uiPart: UiPart = { fields: { toolCallId: id } }
    const tool: Tool = { part, uiPart, watch: createDuplicateWatch(turn), encoding: 'json', isStreaming: false }
    part.id = id
    uiParts.push(uiPart)
    inStep.set(id, tool)
    latest.set(id, tool)
    return tool
  }

  /** `missing`: what to say where there is none, with `{id}`. */
  function findTool(id: string, missing: string, event: number): Tool | null {
    const tool = inStep.get(id) ?? latest.get(id)
    if (tool === undefined) turn.problem('delta-without-block', saying(missing, { id }), event)
    return tool ?? null
  }

  /** What every event of a call may bring; the rest of its state is replaced. */
  function update(tool: Tool, state: string, data: JsonObject, given: JsonObject, event: number): void {
    const { fields } = tool.uiPart
    const { providerMetadata, title, toolMetadata, providerExecuted } = data
    for (const name of ['input', 'output', 'errorText', 'rawInput', 'inputEncoding', 'preliminary']) {
      fields[name] = given[name]
    }
    fields['state'] = state
    if (title !== undefined) fields['title'] = title
    if (toolMetadata !== undefined) fields['toolMetadata'] = toolMetadata
    if (providerExecuted != null) fields['providerExecuted'] = providerExecuted
    const isResult = state === 'output-available' || state === 'output-error'
    if (providerMetadata != null)
      fields[isResult ? 'resultProviderMetadata' : 'callProviderMetadata'] = providerMetadata
    tool.part.status = state
    tool.part.lastEvent = event
    tool.part.server = fields['providerExecuted'] === true
  }

  function nameTool(tool: Tool, data: JsonObject): void {
    tool.part.name = toText(data['toolName'])
    const type = data['dynamic'] === true ? { type: 'dynamic-tool', toolName: tool.part.name } : null
    Object.assign(tool.uiPart.fields, type ?? { type: `tool-${tool.part.name}` })
  }

  function startInput(data: JsonObject, event: number): void {
    const tool = toTool(data, event)
    nameTool(tool, data)
    const { inputEncoding } = data
    update(tool, 'input-streaming', data, { inputEncoding }, event)
    tool.encoding = inputEncoding === 'text' ? 'text' : 'json'
    tool.isStreaming = true
    // Built when asked for: reading the growing input at each delta would take quadratic time.
    tool.uiPart.grown = () => {
      if (!tool.isStreaming || tool.part.arguments.deltas === 0) return {}
      const rawInput = tool.part.arguments.text
      return { rawInput, input: tool.encoding === 'text' ? rawInput : parsePartialJson(rawInput)?.value }
    }
  }

  function growInput(data: JsonObject, event: number): void {
    const id = toText(data['toolCallId'])
    if (!inStep.has(id)) {
      turn.problem('delta-without-block', saying('Input for the tool call {id}, which was not started', { id }), event)
    }
    const tool = toTool(data, event)
    const delta = toText(data['inputTextDelta'])
    tool.watch(delta, event)
    growPart(tool.part, delta, event)
  }

  function endInput(type: string, data: JsonObject, event: number): void {
    const tool = toTool(data, event)
    const { input, errorText } = data
    tool.isStreaming = false
    if (type === 'tool-input-available') {
      nameTool(tool, data)
      update(tool, 'input-available', data, { input }, event)
    } else {
      const isDynamic = tool.uiPart.fields['type'] === 'dynamic-tool' || data['dynamic'] === true
      nameTool(tool, { ...data, dynamic: isDynamic })
      update(tool, 'output-error', data, { input, errorText }, event)
      addResult(tool, toText(errorText), true, event)
    }
    if (tool.part.arguments.deltas === 0 && input !== undefined) {
      growPart(tool.part, typeof input === 'string' ? input : toJson(input), event)
    } else if (tool.encoding === 'json') checkArguments(turn, tool.part)
    tool.part.closed = true
  }

  function takeOutput(type: string, data: JsonObject, event: number): void {
    const tool = findTool(toText(data['toolCallId']), msg('Output for the tool call {id}, which is not there'), event)
    if (tool === null) return
    const { fields } = tool.uiPart
    const { output, errorText, preliminary } = data
    const { input } = fields
    if (type === 'tool-output-available') {
      update(tool, 'output-available', data, { input, output, preliminary }, event)
      addResult(tool, typeof output === 'string' ? output : toJson(output), false, event)
    } else {
      const rawInput = fields['type'] === 'dynamic-tool' ? undefined : fields['rawInput']
      update(tool, 'output-error', data, { input, errorText, rawInput }, event)
      addResult(tool, toText(errorText), true, event)
    }
  }

  function addResult(tool: Tool, text: string, isError: boolean, event: number): void {
    const result = turn.open(message(), 'tool result', `${tool.part.key} result`, event)
    result.id = tool.part.id
    result.name = tool.part.name
    result.isError = isError
    result.text.add(text, event)
    result.closed = true
  }

  function askApproval(data: JsonObject, event: number): void {
    const tool = findTool(
      toText(data['toolCallId']),
      msg('A request for approval for the tool call {id}, which is not there'),
      event,
    )
    if (tool === null) return
    byApproval.set(toText(data['approvalId']), tool)
    setState(tool, 'approval-requested', event)
    tool.uiPart.fields['approval'] = {
      id: data['approvalId'],
      ...(data['approvalDescriptor'] == null ? {} : { descriptor: data['approvalDescriptor'] }),
      ...('inputSchemaInput' in data ? { inputSchemaInput: data['inputSchemaInput'] } : {}),
      ...(data['reason'] == null ? {} : { requestReason: data['reason'] }),
      ...(data['isAutomatic'] === true ? { isAutomatic: true } : {}),
      ...(data['signature'] == null ? {} : { signature: data['signature'] }),
    }
  }

  function answerApproval(data: JsonObject, event: number): void {
    const tool = byApproval.get(toText(data['approvalId']))
    if (tool === undefined) {
      const text = saying('An answer to the approval {id}, which was not asked for', { id: toText(data['approvalId']) })
      turn.problem('delta-without-block', text, event)
      return
    }
    const { fields } = tool.uiPart
    const known = fields['approval'] as object
    setState(tool, 'approval-responded', event)
    const reason = data['reason'] == null ? {} : { reason: data['reason'] }
    fields['approval'] = { ...known, id: data['approvalId'], approved: data['approved'], ...reason }
    if (data['providerExecuted'] != null) fields['providerExecuted'] = data['providerExecuted']
    if (data['providerMetadata'] != null) fields['callProviderMetadata'] = data['providerMetadata']
  }

  function setState(tool: Tool, state: string, event: number): void {
    tool.uiPart.fields['state'] = state
    tool.part.status = state
    tool.part.lastEvent = event
  }

  return {
    take(type, data, event) {
      switch (type) {
        case 'tool-input-start':
          startInput(data, event)
          return true
        case 'tool-input-delta':
          growInput(data, event)
          return true
        case 'tool-input-available':
        case 'tool-input-error':
          endInput(type, data, event)
          return true
        case 'tool-output-available':
        case 'tool-output-error':
          takeOutput(type, data, event)
          return true
        case 'tool-approval-request':
          askApproval(data, event)
          return true
        case 'tool-approval-response':
          answerApproval(data, event)
          return true
        case 'tool-output-denied': {
          const tool = findTool(
            toText(data['toolCallId']),
            msg('A denial for the tool call {id}, which is not there'),
            event,
          )
          if (tool !== null) setState(tool, 'output-denied', event)
          return true
        }
        default:
          return false
      }
    },
    startStep: () => inStep.clear(),
    resetStep() {
      for (const [id, tool] of inStep) {
        tool.isStreaming = false
        if (latest.get(id) === tool) latest.delete(id)
      }
      inStep.clear()
    },
    end(failed) {
      for (const { part, isStreaming, encoding } of latest.values()) {
        if (!isStreaming || part.closed) continue
        if (!failed) {
          const text = saying('The input of {name} was not ended', { name: part.name || part.key })
          turn.problem('unclosed-block', text, -1)
        }
        if (encoding === 'json' && !failed) checkArguments(turn, part)
      }
    },
  }
}
