import type { Format, Match, Sample } from './format.ts'
import { FORMATS } from './formats.ts'

export interface Recognised {
  readonly format: Format
  readonly match: Match
}

/** The format of a stream: the first that is sure of it, else the first that takes it as likely; null when none does. */
export function recognise(sample: Sample, formats: readonly Format[] = FORMATS): Recognised | null {
  let likely: Recognised | null = null
  for (const format of formats) {
    const match = format.match(sample)
    if (match?.certainty === 'sure') return { format, match }
    if (match !== null) likely ??= { format, match }
  }
  return likely
}
