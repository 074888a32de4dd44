/** The parts of a UI message: as the panel shows them, and as Vercel's own client builds them. */
import { saying } from '../../i18n/saying.ts'
import type { Wording } from '../../i18n/saying.ts'
import { msg } from '../../i18n/translate.ts'
import type { GrowingMessage, GrowingTurn, PartOf } from '../folding/growing-turn.ts'
import { toJson, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'
import { toMedia } from '../folding/media.ts'
import { createOpenParts, sayNotStarted } from '../folding/open-parts.ts'
import { createVercelTools } from './ui-tools.ts'

export interface VercelParts {
  /** The message that all parts are of, begun if need be. */
  message(id: string): GrowingMessage
  /** False where the event is none of a part's. */
  take(type: string, data: JsonObject, messageId: string, event: number): boolean
  end(failed: boolean): void
  final(): unknown[]
}

/** A part of the UI message; what grows is put in when it is asked for. */
export interface UiPart {
  readonly fields: Record<string, unknown>
  grown?: () => JsonObject
}

const NAMES = { text: msg('text {id}'), reasoning: msg('reasoning {id}') } as const

export function createVercelParts(turn: GrowingTurn): VercelParts {
  let made: GrowingMessage | null = null
  const uiParts: UiPart[] = []
  let stepFrom = 0
  const open = createOpenParts(turn)
  /** Texts and reasonings that are still written, by their event's kind and id. */
  const writing = new Map<string, UiPart>()
  const dataParts = new Map<string, UiPart>()
  const tools = createVercelTools(turn, () => message(''), uiParts)

  function message(id: string): GrowingMessage {
    made ??= turn.message(id || 'message', 'assistant')
    return made
  }

  function takeText(kind: 'text' | 'reasoning', act: string, data: JsonObject, event: number): boolean {
    const id = toText(data['id'])
    const key = `${kind} ${id}`
    const name = { message: NAMES[kind], id }
    switch (act) {
      case 'start':
        startText(kind, key, data, event)
        return true
      case 'delta':
        // Without its start the client gives up; the text is shown all the same.
        if (!writing.has(key)) {
          sayNotStarted(turn, name, event)
          startText(kind, key, data, event)
        }
        open.grow(name, toText(data['delta']), event)
        noteProvider(writing.get(key), data)
        return true
      case 'end':
        open.close(name, event)
        endText(writing.get(key), data)
        writing.delete(key)
        return true
      default:
        return false
    }
  }

  function startText(kind: 'text' | 'reasoning', key: string, data: JsonObject, event: number): void {
    const part: PartOf<'text'> | PartOf<'reasoning'> = turn.open(message(''), kind, key, event)
    open.add({ message: NAMES[kind], id: toText(data['id']) }, part, event)
    const id = kind === 'reasoning' ? { id: data['id'] } : {}
    const fields = { type: kind, ...id, providerMetadata: data['providerMetadata'], state: 'streaming' }
    const uiPart = { fields, grown: () => ({ text: part.text.text }) }
    uiParts.push(uiPart)
    writing.set(key, uiPart)
  }

  function endText(uiPart: UiPart | undefined, data: JsonObject): void {
    if (uiPart === undefined) return
    uiPart.fields['state'] = 'done'
    if (data['citations'] != null) uiPart.fields['citations'] = data['citations']
    noteProvider(uiPart, data)
  }

  function takeMedia(type: string, data: JsonObject, event: number): void {
    const { type: _type, ...rest } = data
    const part = turn.open(message(''), 'media', type, event)
    const url = toText(data['url'])
    Object.assign(part, toMedia(url), { closed: true })
    part.mediaType = toText(data['mediaType']) || part.mediaType
    part.name = toText(data['title']) || toText(data['filename'])
    uiParts.push({ fields: { type, ...rest } })
  }

  /** Data parts of one type and id replace each other; every one of them is shown. */
  function takeData(type: string, data: JsonObject, event: number): void {
    const id = toText(data['id'])
    show(type.slice('data-'.length), data['data'], event)
    if (data['transient'] === true) return
    const key = `${type} ${id}`
    const known = id === '' ? undefined : dataParts.get(key)
    if (known !== undefined) {
      known.fields['data'] = data['data']
      return
    }
    const uiPart = { fields: { ...data } }
    uiParts.push(uiPart)
    dataParts.set(key, uiPart)
  }

  function show(name: string, value: unknown, event: number, shownAs: Wording = name): void {
    const part = turn.open(message(''), 'data', `data ${name}`, event)
    part.name = shownAs
    part.text.add(toJson(value), event)
    part.closed = true
  }

  function takeOther(type: string, data: JsonObject, event: number): boolean {
    switch (type) {
      case 'file':
      case 'reasoning-file':
      case 'source-url':
      case 'source-document':
        takeMedia(type, data, event)
        return true
      case 'custom':
        show(toText(data['kind']) || type, data['providerMetadata'], event)
        uiParts.push({ fields: { type, kind: data['kind'], providerMetadata: data['providerMetadata'] } })
        return true
      case 'steering-message':
        show(type, data['parts'], event)
        uiParts.push({ fields: { type, id: data['id'], parts: data['parts'] } })
        return true
      case 'start-step':
        uiParts.push({ fields: { type: 'step-start' } })
        stepFrom = uiParts.length
        tools.startStep()
        return true
      case 'finish-step':
        return true
      case 'reset-step':
        show(type, undefined, event, saying('reset-step: the parts of this step are withdrawn'))
        resetStep()
        return true
      default:
        return false
    }
  }

  function resetStep(): void {
    for (const removed of uiParts.splice(stepFrom)) {
      const { type, id } = removed.fields
      if (dataParts.get(`${toText(type)} ${toText(id)}`) === removed) dataParts.delete(`${toText(type)} ${toText(id)}`)
    }
    writing.clear()
    open.end(true)
    tools.resetStep()
  }

  return {
    message,
    take(type, data, messageId, event) {
      message(messageId)
      if (type.startsWith('data-')) {
        takeData(type, data, event)
        return true
      }
      const [kind, act = ''] = type.split('-')
      if ((kind === 'text' || kind === 'reasoning') && takeText(kind, act, data, event)) return true
      return tools.take(type, data, event) || takeOther(type, data, event)
    },
    end(failed) {
      open.end(failed)
      tools.end(failed)
      for (const part of made?.parts ?? []) part.closed = true
    },
    final: () => uiParts.map(({ fields, grown }) => ({ ...fields, ...grown?.() })),
  }
}

function noteProvider(uiPart: UiPart | undefined, data: JsonObject): void {
  if (uiPart !== undefined && data['providerMetadata'] != null) {
    uiPart.fields['providerMetadata'] = data['providerMetadata']
  }
}
