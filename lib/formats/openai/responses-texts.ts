/** The texts within one output item: answer, refusal, reasoning and its summary, each part found by its index. */
import { saying } from '../../i18n/saying.ts'
import type { Wording } from '../../i18n/saying.ts'
import { createDuplicateWatch } from '../folding/duplicates.ts'
import { grow } from '../folding/growing-turn.ts'
import type { GrowingMessage, GrowingTurn, PartOf } from '../folding/growing-turn.ts'
import { toIndex, toList, toObject, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'
import { settleText } from '../folding/settle.ts'

type Field = 'content' | 'summary'

export interface ResponseTexts {
  /** A part begins, and may have text in it. */
  add(field: Field, index: number, raw: JsonObject, event: number): void
  /** A delta event; `type` is what its part has to be. */
  grow(field: Field, index: number, data: JsonObject, type: string, event: number): void
  /** What a part is in the end. */
  settle(field: Field, index: number, raw: JsonObject, event: number): void
  annotate(index: number, annotationIndex: unknown, annotation: unknown, event: number): void
  close(field: Field, index: number): void
  closeAll(): void
  /** Reasoning that only the provider can read. */
  seal(encrypted: string, event: number): void
  /** The item's fields with texts in them, where it has any. */
  final(): JsonObject
}

interface Text {
  readonly part: PartOf<'text' | 'refusal' | 'reasoning'>
  readonly watch: (delta: string, event: number) => void
  raw: Record<string, unknown>
}

export function createResponseTexts(
  turn: GrowingTurn,
  message: GrowingMessage,
  key: string,
  itemName: Wording,
): ResponseTexts {
  const fields: Readonly<Record<Field, Text[]>> = { content: [], summary: [] }

  function open(field: Field, index: number, raw: JsonObject, event: number): Text {
    const type = toText(raw['type'])
    const kind = type === 'refusal' ? type : type === 'output_text' || type === 'text' ? 'text' : 'reasoning'
    const part = turn.open(message, kind, `${key} ${field} ${index}`, event)
    const text = { part, watch: createDuplicateWatch(turn), raw: { ...raw } }
    fields[field][index] = text
    return text
  }

  function cite(text: Text, annotations: readonly unknown[], event: number): void {
    if (text.part.kind === 'reasoning') return
    for (const given of annotations.slice(text.part.citations.length)) {
      const annotation = toObject(given)
      const title = toText(annotation?.['title']) || toText(annotation?.['filename'])
      text.part.citations.push({
        title,
        url: toText(annotation?.['url']) || toText(annotation?.['file_id']),
        text: '',
        event,
      })
    }
  }

  return {
    add(field, index, raw, event) {
      if (fields[field][index] !== undefined) {
        turn.problem(
          'sequence-repeat',
          saying('Part {index} of {item} is added a second time', { index, item: itemName }),
          event,
        )
      }
      const text = open(field, index, raw, event)
      grow(text.part, toContent(raw), event)
    },
    grow(field, index, data, type, event) {
      let text = fields[field][index]
      if (text === undefined) {
        const said = saying('A delta for part {index} of {item}, which was not added', { index, item: itemName })
        turn.problem('delta-without-block', said, event)
        text = open(field, index, { type }, event)
      } else if (text.part.closed) {
        const said = saying('A delta for part {index} of {item}, which is done', { index, item: itemName })
        turn.problem('delta-without-block', said, event)
      }
      const delta = toText(data['delta'])
      text.watch(delta, event)
      grow(text.part, delta, event)
      const logprobs = toList(data['logprobs'])
      if (logprobs.length === 0) return
      const known = text.raw['logprobs']
      if (Array.isArray(known)) known.push(...logprobs)
      else text.raw['logprobs'] = [...logprobs]
    },
    settle(field, index, raw, event) {
      const text = fields[field][index] ?? open(field, index, raw, event)
      settleText(turn, text.part, toContent(raw), saying('part {index} of {item}', { index, item: itemName }), event)
      for (const [name, value] of Object.entries(raw)) if (value !== undefined) text.raw[name] = value
      cite(text, toList(raw['annotations']), event)
    },
    annotate(index, annotationIndex, annotation, event) {
      const text = fields.content[index]
      if (text === undefined) {
        turn.problem(
          'delta-without-block',
          saying('An annotation for part {index} of {item}, which was not added', { index, item: itemName }),
          event,
        )
        return
      }
      const known = text.raw['annotations']
      const annotations = Array.isArray(known) ? (known as unknown[]) : []
      text.raw['annotations'] = annotations
      annotations[toIndex(annotationIndex) ?? annotations.length] = annotation
      cite(text, annotations, event)
    },
    close(field, index) {
      const text = fields[field][index]
      if (text !== undefined) text.part.closed = true
    },
    closeAll() {
      for (const text of [...fields.content, ...fields.summary]) if (text !== undefined) text.part.closed = true
    },
    seal(encrypted, event) {
      if (encrypted === '') return
      const shown = fields.summary[0] ?? fields.content[0]
      if (shown?.part.kind === 'reasoning') {
        shown.part.signature = encrypted
        return
      }
      turn.open(message, 'reasoning', `${key} encrypted`, event).redacted = true
    },
    final() {
      const content = fields.content.map(toFinal)
      const summary = fields.summary.map(toFinal)
      return { ...(content.length > 0 ? { content } : {}), ...(summary.length > 0 ? { summary } : {}) }
    },
  }
}

function toContent(raw: JsonObject): string {
  return toText(raw['text']) || toText(raw['refusal'])
}

function toFinal({ part, raw }: Text): JsonObject {
  return part.kind === 'refusal' ? { ...raw, refusal: part.text.text } : { ...raw, text: part.text.text }
}
