import { grow } from '../folding/growing-turn.ts'
import type { GrowingMessage, GrowingTurn, PartOf } from '../folding/growing-turn.ts'
import { toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'
import { toBase64SizeBytes } from '../folding/media.ts'

/** Spoken answers: events of the whole response, of no item. False for an event that is none of these. */
export function createResponseAudio(
  turn: GrowingTurn,
  message: () => GrowingMessage,
): (type: string, data: JsonObject, event: number) => boolean {
  let audio: PartOf<'media'> | null = null
  let words: PartOf<'text'> | null = null

  return (type, data, event) => {
    const delta = toText(data['delta'])
    switch (type) {
      case 'response.audio.delta':
        audio ??= turn.open(message(), 'media', 'audio', event)
        audio.mediaType = 'audio'
        audio.sizeBytes += toBase64SizeBytes(delta)
        audio.lastEvent = event
        return true
      case 'response.audio.done':
        if (audio !== null) audio.closed = true
        return true
      case 'response.audio.transcript.delta':
        words ??= turn.open(message(), 'text', 'audio transcript', event)
        grow(words, delta, event)
        return true
      case 'response.audio.transcript.done':
        if (words !== null) words.closed = true
        return true
      default:
        return false
    }
  }
}
