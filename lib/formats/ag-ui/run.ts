/** What belongs to an AG-UI run and to none of its messages, as data: steps, agents within it, state, activities. */
import { msg } from '../../i18n/translate.ts'
import type { Conversation } from './conversation.ts'
import { grow } from '../folding/growing-turn.ts'
import type { GrowingMessage, GrowingTurn, PartOf } from '../folding/growing-turn.ts'
import { toJson, toObjects, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'
import type { OpenParts, PartName } from '../folding/open-parts.ts'

export interface AgUiRun {
  /** False for events of another kind. */
  take(type: string, data: JsonObject, event: number): boolean
  /** The message that holds what belongs to no message. */
  message(): GrowingMessage
  data(name: string, value: unknown, event: number): PartOf<'data'>
}

export function createAgUiRun(turn: GrowingTurn, open: OpenParts, conversation: Conversation): AgUiRun {
  const run = () => turn.message('run', 'run')

  function addData(name: string, value: unknown, event: number): PartOf<'data'> {
    const part = turn.open(run(), 'data', name, event)
    part.name = name
    part.closed = true
    grow(part, typeof value === 'string' ? value : toJson(value), event)
    return part
  }

  function takeStep(type: string, data: JsonObject, event: number): boolean {
    const step = { message: msg('step {id}'), id: toText(data['stepName']) }
    const subagent = { message: msg('subagent {id}'), id: toText(data['subagentRunId']) }
    switch (type) {
      case 'STEP_STARTED':
        begin(step, `step ${step.id}`, data, event)
        return true
      case 'STEP_FINISHED':
        open.close(step, event)
        return true
      case 'SUBAGENT_STARTED':
        begin(subagent, `subagent ${subagent.id}`, data, event)
        return true
      case 'SUBAGENT_FINISHED':
        open.close(subagent, event)
        return true
      case 'SUBAGENT_ERROR':
        open.close(subagent, event)
        turn.error(toText(data['message']), toText(data['code']), event)
        return true
      default:
        return false
    }
  }

  function begin(name: PartName, shownAs: string, data: JsonObject, event: number): void {
    const part = addData(shownAs, toText(data['stepName']) || toText(data['name']), event)
    part.closed = false
    open.add(name, part, event)
  }

  function takeData(type: string, data: JsonObject, event: number): boolean {
    switch (type) {
      case 'STATE_SNAPSHOT':
        conversation.state(data['snapshot'])
        addData('state', data['snapshot'], event)
        return true
      case 'STATE_DELTA':
        conversation.stateDelta(data['delta'])
        addData('state delta', data['delta'], event)
        return true
      case 'MESSAGES_SNAPSHOT':
        conversation.messages(toObjects(data['messages']))
        addData('messages', data['messages'], event)
        return true
      case 'ACTIVITY_SNAPSHOT':
        conversation.activity(data)
        addData(`activity ${toText(data['activityType'])}`, data['content'], event)
        return true
      case 'ACTIVITY_DELTA':
        conversation.activityDelta(data)
        addData(`activity ${toText(data['activityType'])} delta`, data['patch'], event)
        return true
      case 'RAW':
        addData(`raw ${toText(data['source'])}`.trim(), data['event'], event)
        return true
      case 'CUSTOM':
        addData(`custom ${toText(data['name'])}`, data['value'], event)
        return true
      default:
        return false
    }
  }

  return {
    take: (type, data, event) => takeStep(type, data, event) || takeData(type, data, event),
    message: run,
    data: addData,
  }
}
