/** Figures and reasons as words for an ending's sentence, in fixed forms, so that they can be compared. */
import { t, tn } from '../i18n/translate.ts'
import type { Reason } from '../protocol.ts'

/** `412 ms`, `3.2 s`, `2 min 5 s`. */
export function toDurationWords(durationMs: number): string {
  const ms = Math.max(0, durationMs)
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** `812 bytes`, `6.2 kB`, `50.0 MB` (decimal units). */
export function toSizeWords(sizeBytes: number): string {
  if (sizeBytes < 1000) return tn(sizeBytes, '{n} byte', '{n} bytes')
  if (sizeBytes < 999_950) return `${(sizeBytes / 1000).toFixed(1)} kB`
  return `${(sizeBytes / 1_000_000).toFixed(1)} MB`
}

/** `1 event`, `41 events`. */
export function toEventWords(count: number): string {
  return tn(count, '{n} event', '{n} events')
}

/** At most `limit` characters on one line, in quotes. */
export function quote(text: string, limit = 120): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return `'${line.length > limit ? `${line.slice(0, limit)}…` : line}'`
}

/** A reason as the page gave it; null where it gave none. */
export function toReasonWords(reason: Reason | null): string | null {
  if (reason === null || reason.type === 'undefined') return null
  if (reason.type === 'string') return quote(reason.text)
  if (reason.name !== '') return reason.text === '' ? reason.name : `${reason.name} ${quote(reason.text)}`
  return reason.text === '' ? reason.type : `${reason.type} ${quote(reason.text)}`
}

/** `called reader.cancel`; what lets go of a body without a call is put otherwise. */
export function toCallWords(by: string): string {
  if (by === 'leaving for await') return t('left its for await loop')
  if (by === 'transfer') return t('let go of it where it was transferred to')
  return by.startsWith('pipe') ? t('ended its {call}', { call: by }) : t('called {call}', { call: by })
}

/** The call as the page wrote it; what is no call has a name of its own. */
export function toActName(by: string): string {
  if (by === 'leaving for await') return t('leaving for await')
  return by === 'transfer' ? t('transfer') : by
}
