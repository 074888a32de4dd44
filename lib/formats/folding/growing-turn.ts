/** A turn that a folding writes: what every format does in the same way, whatever its events look like. */
import { saying } from '../../i18n/saying.ts'
import type { Wording } from '../../i18n/saying.ts'
import { msg } from '../../i18n/translate.ts'
import { createGrownText } from './grown-text.ts'
import type { GrowingText } from './grown-text.ts'
import type { FormatEvent } from '../format.ts'
import { isObject, parseJson } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'
import type {
  Finish,
  GrownText,
  Part,
  ProblemCode,
  Turn,
  TurnError,
  TurnProblem,
  UnknownEvent,
  Usage,
} from '../turn.ts'

/** The writable side of what the panel reads. */
type Growing<T> = T extends GrownText
  ? GrowingText
  : T extends readonly (infer E)[]
    ? Growing<E>[]
    : T extends object
      ? { -readonly [K in keyof T]: Growing<T[K]> }
      : T

export type GrowingPart = Growing<Part>
export type GrowingMessage = Growing<Turn['messages'][number]>
export type PartOf<Kind extends Part['kind'], P = GrowingPart> = P extends { kind: infer Kinds }
  ? Kind extends Kinds
    ? P
    : never
  : never

/** Equal problems beyond this many are counted in the last of them: a stream may be wrong in every event. */
const PROBLEMS_PER_CODE = 20
const UNKNOWN_NAMES = 50

export interface GrowingTurn extends Turn {
  id: string
  model: string
  usage: Usage | null
  endedAt: number | null
  pings: number
  readonly messages: GrowingMessage[]
  /** The message of that key, begun if need be. A role that comes later is taken over. */
  message(key: string, role: string): GrowingMessage
  /** The message of that key, if there is one. */
  find(key: string): GrowingMessage | undefined
  /** Begins a part of `message`; its key is made unique in the message. */
  open<Kind extends Part['kind']>(message: GrowingMessage, kind: Kind, key: string, event: number): PartOf<Kind>
  finish(message: GrowingMessage, reason: string, kind: Finish['kind'], event: number): void
  problem(code: ProblemCode, text: Wording, event: number): void
  error(text: Wording, code: string, event: number): void
  /** An event, or a kind of thing in an event, that the format does not know. */
  strange(name: string, event: number): void
  /** The JSON object that the event carries; null (and a problem) where it is none. */
  read(event: FormatEvent): JsonObject | null
  /** The terminal event came. A second one is an event after the end. */
  ended(event: number): void
}

export function createGrowingTurn(format: string): GrowingTurn {
  const problems: Growing<TurnProblem>[] = []
  const perCode = new Map<ProblemCode, number>()
  const unknown: Growing<UnknownEvent>[] = []
  const unknownByName = new Map<string, Growing<UnknownEvent>>()
  const errors: TurnError[] = []
  const messages = new Map<string, GrowingMessage>()
  const usedKeys = new WeakMap<GrowingMessage, Set<string>>()

  /** Keys are numbered only where the format itself uses one twice. */
  function toUniqueKey(message: GrowingMessage, key: string): string {
    const used = usedKeys.get(message) ?? new Set()
    usedKeys.set(message, used)
    const unique = used.has(key) ? `${key}#${used.size}` : key
    used.add(unique)
    return unique
  }

  const turn: GrowingTurn = {
    format,
    id: '',
    model: '',
    messages: [],
    usage: null,
    errors,
    problems,
    endedAt: null,
    pings: 0,
    unknown,
    message(key, role) {
      const known = messages.get(key)
      if (known !== undefined) {
        if (role !== '') known.role = role
        return known
      }
      const made: GrowingMessage = { key, role, parts: [], finish: null }
      messages.set(key, made)
      turn.messages.push(made)
      return made
    },
    find: (key) => messages.get(key),
    open(message, kind, key, event) {
      const part = createPart(kind, toUniqueKey(message, key), event)
      message.parts.push(part)
      return part
    },
    finish(message, reason, kind, event) {
      message.finish = { reason, kind, event }
    },
    problem(code, text, event) {
      const count = (perCode.get(code) ?? 0) + 1
      perCode.set(code, count)
      if (count <= PROBLEMS_PER_CODE) {
        problems.push({ code, text, event })
        return
      }
      const last = problems.findLast((problem) => problem.code === code)
      if (last !== undefined) {
        last.text = saying('{n} more like these; the latest: {text}', { n: count - PROBLEMS_PER_CODE + 1, text })
      }
    },
    error(text, code, event) {
      errors.push({ text, code, event })
    },
    strange(name, event) {
      const known = unknownByName.get(name)
      if (known !== undefined) {
        known.count += 1
        return
      }
      if (unknown.length >= UNKNOWN_NAMES) {
        const others = unknownByName.get('others') ?? { name: 'others', count: 0, firstEvent: event }
        if (others.count === 0) unknown.push(others)
        others.count += 1
        unknownByName.set('others', others)
        return
      }
      const made = { name, count: 1, firstEvent: event }
      unknown.push(made)
      unknownByName.set(name, made)
    },
    read(event) {
      const value = parseJson(event.data)
      if (isObject(value)) return value
      sayNoObject(turn, value, event.data, event.index)
      return null
    },
    ended(event) {
      if (turn.endedAt === null) turn.endedAt = event
    },
  }
  return turn
}

/** What kinds of parts are called. */
export const PART_WORDS: Readonly<Record<Part['kind'], string>> = {
  text: msg('text'),
  refusal: msg('refusal'),
  reasoning: msg('reasoning'),
  'tool call': msg('tool call'),
  'tool result': msg('tool result'),
  media: msg('media'),
  data: msg('data'),
}

function createPart<Kind extends Part['kind']>(kind: Kind, key: string, event: number): PartOf<Kind>
function createPart(kind: Part['kind'], key: string, event: number): GrowingPart {
  const base = { key, firstEvent: event, lastEvent: event, closed: false }
  switch (kind) {
    case 'text':
    case 'refusal':
      return { ...base, kind, text: createGrownText(), citations: [] }
    case 'reasoning':
      return { ...base, kind, text: createGrownText(), signature: '', redacted: false }
    case 'tool call':
      return { ...base, kind, id: '', name: '', arguments: createGrownText(), server: false, status: '' }
    case 'tool result':
      return { ...base, kind, id: '', name: '', text: createGrownText(), isError: false }
    case 'media':
      return { ...base, kind, mediaType: '', name: '', url: '', sizeBytes: 0 }
    case 'data':
      return { ...base, kind, name: '', text: createGrownText() }
    default:
      return kind satisfies never
  }
}

/** Adds to a part's text, and notes that the event did. */
export function grow(part: { text: GrowingText; lastEvent: number }, delta: string, event: number): void {
  part.text.add(delta, event)
  part.lastEvent = event
}

/** The message's last part where it is of that kind and open; else a new one, which ends the one before. For formats without blocks. */
export function continuePart<Kind extends Part['kind']>(
  turn: GrowingTurn,
  message: GrowingMessage,
  kind: Kind,
  event: number,
): PartOf<Kind> {
  const last = message.parts.at(-1)
  if (last?.kind === kind && !last.closed) return last as PartOf<Kind>
  if (last !== undefined) last.closed = true
  return turn.open(message, kind, String(message.parts.length), event)
}

/** Closes what is open, for formats that never say so. */
export function closeParts(turn: GrowingTurn): void {
  for (const message of turn.messages) for (const part of message.parts) part.closed = true
}

/** Says once that arguments which are over are not JSON. No arguments at all are a call without any. */
export function checkArguments(turn: GrowingTurn, part: PartOf<'tool call'>): void {
  const text = part.arguments.text
  if (text.trim() === '' || parseJson(text) !== undefined) return
  const excerpt = toExcerpt(text)
  const said =
    part.name === ''
      ? saying('The arguments of the tool call are not JSON: {excerpt}', { excerpt })
      : saying('The arguments of {name} are not JSON: {excerpt}', { name: part.name, excerpt })
  turn.problem('tool-arguments-not-json', said, part.lastEvent)
}

/** Says of data that should be a JSON object what it is. `value`: what it is as JSON; undefined where it is none. */
export function sayNoObject(turn: GrowingTurn, value: unknown, data: string, event: number): void {
  const excerpt = toExcerpt(data)
  if (value === undefined) turn.problem('not-json', saying('Not JSON: {excerpt}', { excerpt }), event)
  else turn.problem('unexpected-shape', saying('Not a JSON object: {excerpt}', { excerpt }), event)
}

/** An event's type as a sentence begins with it. */
export function toSubject(type: string): Wording {
  return type === '' ? saying('An event') : type
}

/** The beginning of a text, short enough for a sentence. */
export function toExcerpt(text: string): string {
  const line = text.slice(0, 80).replaceAll(/\s+/g, ' ')
  return text.length > 80 ? `${line}…` : line
}
