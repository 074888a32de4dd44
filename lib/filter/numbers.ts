/** Numbers with units as filters take them: `>1k`, `>=500ms`, `100..200`, `4xx`. */
import type { NumberRange } from './filter.ts'
import { msg, t } from '../i18n/translate.ts'

type Unit = 'count' | 'size' | 'time'

/** Sizes in bytes and times in ms, as the panel shows them. */
const UNITS: Readonly<Record<Unit, Readonly<Record<string, number>>>> = {
  count: { '': 1, k: 1e3, m: 1e6 },
  size: { '': 1, b: 1, k: 1e3, kb: 1e3, m: 1e6, mb: 1e6, g: 1e9, gb: 1e9 },
  time: { '': 1, us: 1e-3, µs: 1e-3, ms: 1, s: 1e3, m: 60e3, min: 60e3, h: 3_600e3 },
}
const EXPECTED: Readonly<Record<Unit, string>> = {
  count: msg('Expected a number, such as 10, >10, <=10 or 10..20'),
  size: msg('Expected a size, such as 100, >1k, <=2M or 1k..2k'),
  time: msg('Expected a time, such as >500ms, <=2s or 100ms..1s'),
}
const NUMBER = /^(\d+(?:\.\d+)?|\.\d+)([a-zµ]*)$/i
const COMPARED = /^(>=|<=|>|<|=)(.*)$/

/** The range that a text stands for; null where it is still to be finished; else why it is none. */
export function toRange(text: string, unit: Unit): NumberRange | null | { readonly error: string } {
  const [, sign = '', rest = text] = COMPARED.exec(text) ?? []
  if (rest === '') return null
  if (sign === '') {
    const family = /^([1-9])xx$/i.exec(text)?.[1]
    if (family !== undefined && unit === 'count') return between(Number(family) * 100, Number(family) * 100 + 99)
    const ends = text.split('..')
    if (ends.length === 2) return toEnds(ends[0] ?? '', ends[1] ?? '', unit)
  }
  const value = toValue(rest, unit)
  if (value === null) return { error: t(EXPECTED[unit]) }
  switch (sign) {
    case '>':
      return { ...between(value, Infinity), withoutFrom: true }
    case '>=':
      return between(value, Infinity)
    case '<':
      return { ...between(-Infinity, value), withoutTo: true }
    case '<=':
      return between(-Infinity, value)
    default:
      return between(value, value)
  }
}

function toEnds(first: string, last: string, unit: Unit): NumberRange | null | { readonly error: string } {
  if (first === '' && last === '') return null
  const from = first === '' ? -Infinity : toValue(first, unit)
  const to = last === '' ? Infinity : toValue(last, unit)
  if (from === null || to === null) return { error: t(EXPECTED[unit]) }
  if (from > to) return { error: t('The first number of a range is the smaller one') }
  return between(from, to)
}

function toValue(text: string, unit: Unit): number | null {
  const [, digits, name = ''] = NUMBER.exec(text) ?? []
  const units = UNITS[unit]
  const key = name.toLowerCase()
  return digits === undefined || !Object.hasOwn(units, key) ? null : Number(digits) * (units[key] ?? 1)
}

function between(from: number, to: number): NumberRange {
  return { from, to, withoutFrom: false, withoutTo: false }
}

export function isWithin(value: number, { from, to, withoutFrom, withoutTo }: NumberRange): boolean {
  return (withoutFrom ? value > from : value >= from) && (withoutTo ? value < to : value <= to)
}
