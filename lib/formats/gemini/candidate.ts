/** One candidate of a Gemini stream: its parts, joined where one goes on in the next event, and its other fields. */
import { saying } from '../../i18n/saying.ts'
import { createDuplicateWatch } from '../folding/duplicates.ts'
import { createGeminiCalls } from './calls.ts'
import { continuePart, grow } from '../folding/growing-turn.ts'
import type { GrowingMessage, GrowingTurn, PartOf } from '../folding/growing-turn.ts'
import { toJson, toList, toNumber, toObject, toObjects, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'
import { toBase64SizeBytes } from '../folding/media.ts'
import type { Citation, Finish } from '../turn.ts'
import { toTable } from '../folding/table.ts'

const FINISH_KINDS = toTable<Finish['kind']>({
  STOP: 'stop',
  MAX_TOKENS: 'length',
  ...Object.fromEntries(
    ['SAFETY', 'RECITATION', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII', 'LANGUAGE', 'MODEL_ARMOR'].map((reason) => [
      reason,
      'filter',
    ]),
  ),
  ...Object.fromEntries(
    ['IMAGE_SAFETY', 'IMAGE_PROHIBITED_CONTENT', 'IMAGE_RECITATION'].map((reason) => [reason, 'filter']),
  ),
  MALFORMED_FUNCTION_CALL: 'error',
  MALFORMED_RESPONSE: 'error',
  UNEXPECTED_TOOL_CALL: 'error',
  TOO_MANY_TOOL_CALLS: 'error',
})
/** Lists of which every event brings what is new; all other fields stand for the whole. */
const GROWING_LISTS: readonly (readonly [string, string])[] = [
  ['citationMetadata', 'citations'],
  ['logprobsResult', 'chosenCandidates'],
  ['logprobsResult', 'topCandidates'],
]
/** Fields of a text part beside which it can still be joined with the one before. */
const TEXT_FIELDS = new Set(['text', 'thought', 'thoughtSignature'])

export interface GeminiCandidate {
  take(candidate: JsonObject, event: number): void
  readonly finished: boolean
  end(failed: boolean): void
  /** The candidate as the call without streaming gives it. */
  final(): JsonObject
}

/** A part of the final object; its text is put together when it is asked for. */
interface FinalPart {
  fields: Record<string, unknown>
  text: string[] | null
}

export function createGeminiCandidate(turn: GrowingTurn, index: number): GeminiCandidate {
  const message: GrowingMessage = turn.message(String(index), 'model')
  const calls = createGeminiCalls(turn, message)
  const watch = createDuplicateWatch(turn)
  const fields: Record<string, unknown> = {}
  const content: Record<string, unknown> = {}
  const parts: FinalPart[] = []
  const lists = new Map<string, unknown[]>()
  const cited = new Set<string>()
  let lastText: PartOf<'text'> | null = null
  let finished = false

  function takePart(part: JsonObject, event: number): void {
    if (typeof part['text'] === 'string') return takeText(part, part['text'], event)
    if (calls.take(part, event)) {
      const call = calls.finished()
      if (call !== null) parts.push({ fields: call, text: null })
      return
    }
    parts.push({ fields: { ...part }, text: null })
    takeOther(part, event)
  }

  function takeText(part: JsonObject, text: string, event: number): void {
    const isThought = part['thought'] === true
    const last = parts.at(-1)
    const isPlain = Object.keys(part).every((field) => TEXT_FIELDS.has(field))
    if (isPlain && last?.text != null && (last.fields['thought'] === true) === isThought) {
      Object.assign(last.fields, part)
      last.text.push(text)
    } else {
      parts.push({ fields: { ...part }, text: [text] })
    }
    // Signatures come with an empty text, at the end: they begin no part.
    if (text === '' && !isThought) return
    watch(text, event)
    const shown = continuePart(turn, message, isThought ? 'reasoning' : 'text', event)
    if (shown.kind === 'reasoning') shown.signature = toText(part['thoughtSignature']) || shown.signature
    else lastText = shown
    grow(shown, text, event)
  }

  function takeOther(part: JsonObject, event: number): void {
    const data = toObject(part['inlineData'])
    const file = toObject(part['fileData'])
    const media = data ?? file
    if (media !== null) {
      const shown = continuePart(turn, message, 'media', event)
      shown.closed = true
      shown.mediaType = toText(media['mimeType'])
      shown.name = toText(media['displayName'])
      shown.url = toText(media['fileUri'])
      shown.sizeBytes = toBase64SizeBytes(toText(media['data']))
      return
    }
    const shown = continuePart(turn, message, 'data', event)
    shown.name = Object.keys(part).join(', ')
    shown.closed = true
    grow(shown, toJson(part), event)
    // A signature alone belongs to the parts before it.
    if (!('thoughtSignature' in part)) turn.strange(`part ${shown.name}`, event)
  }

  function cite(candidate: JsonObject, event: number): void {
    const citations = [
      ...toObjects(toObject(candidate['citationMetadata'])?.['citations']).map((citation) => ({
        title: toText(citation['title']),
        url: toText(citation['uri']),
        text: '',
        event,
      })),
      ...toGroundings(toObject(candidate['groundingMetadata']) ?? {}, event),
    ]
    for (const citation of citations) {
      const key = JSON.stringify([citation.url, citation.title, citation.text])
      if (cited.has(key)) continue
      cited.add(key)
      lastText ??= continuePart(turn, message, 'text', event)
      lastText.citations.push(citation)
    }
  }

  function keep(candidate: JsonObject): void {
    const { content: _, ...others } = candidate
    Object.assign(fields, others)
    for (const [field, list] of GROWING_LISTS) {
      const items = toList(toObject(candidate[field])?.[list])
      const known = lists.get(list) ?? []
      for (const item of items) known.push(item)
      if (items.length > 0) lists.set(list, known)
    }
  }

  return {
    take(candidate, event) {
      const given = toObject(candidate['content'])
      const news = toObjects(given?.['parts'])
      if (finished && news.some((part) => part['text'] !== '')) {
        turn.problem(
          'event-after-end',
          saying('More content of candidate {index} after its finishReason', { index }),
          event,
        )
      }
      keep(candidate)
      const { parts: _, ...others } = given ?? {}
      Object.assign(content, others)
      if (toText(given?.['role']) !== '') message.role = toText(given?.['role'])
      for (const part of news) takePart(part, event)
      cite(candidate, event)
      const reason = toText(candidate['finishReason'])
      if (reason === '' || reason === 'FINISH_REASON_UNSPECIFIED') return
      finished = true
      turn.finish(message, reason, toKind(reason, message), event)
      if (FINISH_KINDS[reason] === 'error') turn.error(toText(candidate['finishMessage']) || reason, reason, event)
    },
    get finished() {
      return finished
    },
    end: (failed) => calls.end(failed),
    final() {
      const whole: Record<string, unknown> = { ...fields }
      for (const [field, list] of GROWING_LISTS) {
        const items = lists.get(list)
        if (items !== undefined) whole[field] = { ...toObject(whole[field]), [list]: items }
      }
      const all = parts.map(({ fields: part, text }) => (text === null ? part : { ...part, text: text.join('') }))
      const hasContent = all.length > 0 || Object.keys(content).length > 0
      return hasContent ? { content: all.length > 0 ? { parts: all, ...content } : content, ...whole } : whole
    },
  }
}

/** STOP is also said where the model asked for tools. */
function toKind(reason: string, message: GrowingMessage): Finish['kind'] {
  const kind = FINISH_KINDS[reason] ?? 'other'
  const last = message.parts.findLast((part) => part.kind === 'tool call' || part.kind === 'text')
  return kind === 'stop' && last?.kind === 'tool call' && !last.server ? 'tool' : kind
}

/** What grounds the answer: the sources of every piece of text, or the sources alone. */
function toGroundings(grounding: JsonObject, event: number): Citation[] {
  const sources = toObjects(grounding['groundingChunks']).map((chunk) => {
    const source = toObject(chunk['web']) ?? toObject(chunk['retrievedContext']) ?? toObject(chunk['maps']) ?? {}
    return { title: toText(source['title']), url: toText(source['uri']) }
  })
  const supports = toObjects(grounding['groundingSupports'])
  if (supports.length === 0) return sources.map((source) => ({ ...source, text: '', event }))
  return supports.flatMap((support) =>
    toList(support['groundingChunkIndices']).flatMap((at) => {
      const source = sources[toNumber(at) ?? -1]
      const text = toText(toObject(support['segment'])?.['text'])
      return source === undefined ? [] : [{ ...source, text, event }]
    }),
  )
}
