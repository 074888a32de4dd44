/** Medians, ratios and verdicts of what was measured, as data and as a table. */
import type { Variant } from './browser.ts'
import { median, quantile, UNITS, type Figures } from './measure.ts'
import type { Goal, Part } from './parts.ts'

export type Round = Readonly<Record<Variant, Figures>>

interface Comparison {
  /** Median over the rounds of ratio, difference or figure. */
  readonly value: number
  /** Half of the rounds lie between these: how noisy it was. */
  readonly from: number
  readonly to: number
  readonly goal: number | null
  readonly met: boolean | null
}

export interface Row {
  readonly part: string
  readonly figure: string
  readonly unit: string
  readonly as: Goal['as']
  readonly rounds: number
  readonly medians: Readonly<Record<Variant, number | null>>
  readonly closed: Comparison | null
  readonly open: Comparison | null
}

export function toRows(part: Part, rounds: readonly Round[]): readonly Row[] {
  return Object.entries(part.goals).map(([figure, goal]) => {
    const values = (variant: Variant): number[] =>
      rounds.map((round) => round[variant][figure]).filter((value) => value !== undefined)
    const medianOf = (variant: Variant): number | null => (values(variant).length > 0 ? median(values(variant)) : null)
    const as = goal?.as ?? 'ratio'
    return {
      part: part.name,
      figure,
      unit: UNITS[figure] ?? '',
      as,
      rounds: rounds.length,
      medians: {
        native: medianOf('native'),
        devtools: medianOf('devtools'),
        closed: medianOf('closed'),
        open: medianOf('open'),
      },
      closed: compare(as, values('closed'), values('native'), goal?.closed),
      open: compare(as, values('open'), values('devtools'), goal?.open),
    }
  })
}

/** Runs of one round are compared with each other, so that a slow minute of the machine slows both sides. */
function compare(
  as: Goal['as'],
  ours: readonly number[],
  theirs: readonly number[],
  goal: number | undefined,
): Comparison | null {
  const compared = ours.map((value, round) => {
    const base = theirs[round] ?? Number.NaN
    return as === 'figure' ? value : as === 'more' ? value - base : value / base
  })
  const value = median(compared)
  if (Number.isNaN(value)) return null
  return {
    value,
    from: quantile(compared, 0.25),
    to: quantile(compared, 0.75),
    goal: goal ?? null,
    met: goal === undefined ? null : value <= goal,
  }
}

const digits = (value: number): string =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(Math.abs(value) >= 10 ? 1 : 2)

function show(as: Goal['as'], comparison: Comparison | null): string[] {
  if (!comparison) return ['', '', '']
  const sign = (value: number): string =>
    as === 'ratio' ? `×${value.toFixed(2)}` : as === 'more' && value >= 0 ? `+${digits(value)}` : digits(value)
  const { value, from, to, goal, met } = comparison
  return [
    `${sign(value)} (${sign(from)}…${sign(to)})`,
    goal === null ? '' : `≤ ${digits(goal)}`,
    met === null ? '' : met ? 'met' : 'MISSED',
  ]
}

const HEADINGS = [
  '',
  'native',
  'closed',
  'closed : native',
  'goal',
  '',
  'devtools',
  'open',
  'open : devtools',
  'goal',
  '',
]

/** A text table of one part. */
export function toTable(part: Part, rows: readonly Row[]): string {
  const number = (value: number | null): string => (value === null ? '' : digits(value))
  const cells = rows.map(({ figure, unit, as, medians, closed, open }) => [
    unit === '' ? figure : `${figure}, ${unit}`,
    number(medians.native),
    number(medians.closed),
    ...show(as, closed),
    number(medians.devtools),
    number(medians.open),
    ...show(as, open),
  ])
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...cells.map((row) => row[column]?.length ?? 0)),
  )
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell[column === 0 ? 'padEnd' : 'padStart'](widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return [`${part.title} · ${rows[0]?.rounds ?? 0} rounds`, line(HEADINGS), ...cells.map(line)].join('\n')
}
