/** Figures as people read them, the same in every locale: developers compare them with logs. */
import { signal } from '@preact/signals'
import type { TimeFormat } from '../../lib/settings.ts'

const SIZE_UNITS = ['kB', 'MB', 'GB', 'TB'] as const

/** Bytes with decimal units: `0 B`, `999 B`, `1.2 kB`, `14 MB`. */
export function formatSize(sizeBytes: number): string {
  if (!(sizeBytes >= 1)) return '0 B'
  if (sizeBytes < 1000) return `${Math.round(sizeBytes)} B`
  let value = sizeBytes
  let unit = 'B'
  for (const next of SIZE_UNITS) {
    // 999.95 would round up to "1000.0": it belongs to the next unit.
    if (value < 999.5) break
    value /= 1000
    unit = next
  }
  return `${value < 9.95 ? value.toFixed(1) : value.toFixed(0)} ${unit}`
}

/** A length of time in ms: `0 ms`, `0.4 ms`, `812 ms`, `3.24 s`, `2 min 3 s`, `1 h 5 min`. */
export function formatDuration(ms: number): string {
  if (!(ms > 0)) return '0 ms'
  if (ms < 9.95) return `${Number(ms.toFixed(1))} ms`
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 59_995) return `${(ms / 1000).toFixed(ms < 9_995 ? 2 : 1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  const minutes = Math.round(seconds / 60)
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** Milliseconds since a start, in even digits for a column: `0.812 s`, `1:02.050`, `1:00:02.050`. */
export function formatSince(ms: number): string {
  const whole = Math.max(0, Math.round(ms))
  const milliseconds = whole % 1000
  const seconds = Math.floor(whole / 1000)
  const fraction = pad(milliseconds, 3)
  if (seconds < 60) return `${seconds}.${fraction} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${pad(seconds % 60, 2)}.${fraction}`
  return `${Math.floor(minutes / 60)}:${pad(minutes % 60, 2)}:${pad(seconds % 60, 2)}.${fraction}`
}

/** How `formatTimeOfDay` writes: follows the setting. */
export const timeFormat = signal<TimeFormat>('local')

/** A wall-clock moment in ms since 1970, as the user wants it: `14:03:09.050` (local), `13:03:09.050Z`, `1763816589050`. */
export function formatTimeOfDay(wallMs: number): string {
  const date = new Date(wallMs)
  if (Number.isNaN(date.getTime())) return '–'
  if (timeFormat.value === 'epoch') return String(date.getTime())
  if (timeFormat.value === 'utc') return date.toISOString().slice(11)
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => pad(part, 2)).join(':')
  return `${clock}.${pad(date.getMilliseconds(), 3)}`
}

/** A count with commas: `4,120`. */
export function formatCount(count: number): string {
  return String(Math.trunc(count)).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** The path of a URL as a row shows it: path and query for http(s), all of it for what is no URL. */
export function toPath(url: string): string {
  const parsed = URL.parse(url)
  if (parsed === null || parsed.host === '') return url
  return parsed.pathname + parsed.search
}

/** Host with port, or the whole text where there is none (`about:srcdoc`). */
function toHost(url: string): string {
  const parsed = URL.parse(url)
  return parsed === null || parsed.host === '' ? url : parsed.host
}

/** What names a frame other than the top one: its path on the page's own host, else its host. */
export function toFrameName(frameUrl: string, pageUrl: string): string {
  const host = toHost(frameUrl)
  return host === toHost(pageUrl) ? toPath(frameUrl) : host
}

/** Text for one line: line ends and tabs as signs, cut to `limit` characters. */
export function toOneLine(text: string, limit = 1000): string {
  const start = text.length > limit ? `${text.slice(0, limit)}…` : text
  return start.replace(/\r\n|\r|\n/g, '↵').replace(/\t/g, '→')
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0')
}
