/** Audio and images in a chat completion: named and measured, never loaded. */
import { grow } from '../folding/growing-turn.ts'
import type { GrowingMessage, GrowingTurn, PartOf } from '../folding/growing-turn.ts'
import { toNumber, toObject, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'
import { toMedia } from '../folding/media.ts'

export interface ChatMedia {
  takeAudio(delta: JsonObject, event: number): void
  takeImage(image: JsonObject, event: number): void
  /** A spoken answer may end with its expiry, without a finish reason. */
  isAudioWhole(): boolean
  /** The message's fields with media in them. */
  final(): JsonObject
}

export function createChatMedia(turn: GrowingTurn, message: GrowingMessage): ChatMedia {
  let audio: PartOf<'media'> | null = null
  let transcript: PartOf<'text'> | null = null
  let audioFields: Record<string, unknown> = {}
  let data: string | null = null
  const images: unknown[] = []

  return {
    takeAudio(delta, event) {
      audio ??= turn.open(message, 'media', 'audio', event)
      audio.mediaType = 'audio'
      audio.lastEvent = event
      const { data: base64, transcript: words, ...rest } = delta
      if (typeof base64 === 'string') {
        data = (data ?? '') + base64
        audio.sizeBytes += toMedia(`data:audio/*;base64,${base64}`).sizeBytes
      }
      if (typeof words === 'string') {
        transcript ??= turn.open(message, 'text', 'audio transcript', event)
        grow(transcript, words, event)
      }
      for (const [name, value] of Object.entries(rest)) if (value != null) audioFields[name] = value
      audio.name = toText(audioFields['id'])
    },
    takeImage(image, event) {
      images.push(image)
      const given = image['image_url']
      const url = toText(given) || toText(toObject(given)?.['url'])
      const part = turn.open(message, 'media', `image ${images.length - 1}`, event)
      Object.assign(part, toMedia(url))
      if (part.mediaType === '') part.mediaType = 'image'
    },
    isAudioWhole: () => data !== null && transcript !== null && toNumber(audioFields['expires_at']) !== null,
    final() {
      const parts = {
        ...(data === null ? {} : { data }),
        ...(transcript === null ? {} : { transcript: transcript.text.text }),
      }
      return {
        ...(audio === null ? {} : { audio: { ...audioFields, ...parts } }),
        ...(images.length > 0 ? { images } : {}),
      }
    },
  }
}
