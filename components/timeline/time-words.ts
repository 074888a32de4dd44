/** Times as timelines write them. */
import type { Span } from '../../lib/timeline/span.ts'
import { toWidthMs } from '../../lib/timeline/span.ts'
import { formatDuration, formatSince } from '../parts/format.ts'

/** `12.300 s – 14.000 s (1.70 s)`, counted from `zeroMs`. */
export function spanWords(span: Span, zeroMs: number): string {
  return `${spanEnds(span, zeroMs)} (${formatDuration(toWidthMs(span))})`
}

/** `12.300 s – 14.000 s` */
export function spanEnds({ fromMs, toMs }: Span, zeroMs: number): string {
  return `${formatSince(fromMs - zeroMs)} – ${formatSince(toMs - zeroMs)}`
}

/** `12.4 / s`, `0.25 / s`, `1,240 / s`; `–` where there is no rate. */
export function rateWords(perS: number | null): string {
  if (perS === null) return '–'
  if (perS >= 100) return `${Math.round(perS).toLocaleString('en-US')} / s`
  return `${Number(perS.toPrecision(3))} / s`
}
