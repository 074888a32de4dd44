/** How the figures of a comparison, and what they differ by, are written. */
import type { Measured, MeasureName, MeasureUnit } from '../../lib/compare/figures.ts'
import { formatCount, formatDuration, formatSize } from '../parts/format.ts'
import { rateWords } from '../timeline/time-words.ts'

export const NONE = '–'

export function valueWords(value: number, unit: MeasureUnit): string {
  switch (unit) {
    case 'ms':
      return formatDuration(value)
    case 'count':
      return formatCount(value)
    case 'bytes':
      return formatSize(value)
    case 'per s':
      return rateWords(value)
    case 'bytes per s':
      return `${formatSize(value)} / s`
    default:
      return unit satisfies never
  }
}

/** A figure as it is shown: `≥ 1.2 kB`, `≈ 40`, `–`. */
export function figureWords({ values, atLeast, estimated }: Measured, name: MeasureName, unit: MeasureUnit): string {
  const value = values[name]
  if (value === null) return NONE
  return `${atLeast.has(name) ? '≥ ' : estimated.has(name) ? '≈ ' : ''}${valueWords(value, unit)}`
}

/** `+120 ms (+34 %)`, `−3 (−1.5 %)`; empty where the two are the same as far as they are written, or one is not known. */
export function differenceWords(value: number | null, base: number | null, unit: MeasureUnit): string {
  if (value === null || base === null || value === base) return ''
  const by = value - base
  const words = valueWords(Math.abs(by), unit)
  if (words === valueWords(0, unit)) return ''
  const sign = by > 0 ? '+' : '−'
  if (base <= 0) return `${sign}${words}`
  const percent = Math.abs(by / base) * 100
  const rounded = percent < 100 ? Number(percent.toPrecision(2)) : Math.round(percent)
  return `${sign}${words} (${sign}${rounded >= 1000 ? formatCount(rounded) : rounded} %)`
}
