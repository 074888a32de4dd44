/** The table of figures side by side, as it is shown and copied. */
import { type Measured, MEASURES } from '../../lib/compare/figures.ts'
import { msg, t } from '../../lib/i18n/translate.ts'
import type { Connection } from '../../lib/session/types.ts'
import { turnReaderOf } from '../../lib/turns/turn-reader.ts'
import { toStateWord } from '../../lib/endings/state-words.ts'
import { differenceWords, figureWords, NONE } from './figure-words.ts'

export interface FigureRow {
  readonly name: string
  readonly cells: readonly FigureCell[]
}

interface FigureCell {
  readonly text: string
  /** What it differs by from the first; empty for the first, and where it is the same or has no measure. */
  readonly by: string
  readonly differs: boolean
}

/** What is said in words; names are messages. */
const FACTS: readonly (readonly [name: string, of: (connection: Connection) => string])[] = [
  [msg('State'), ({ state }) => toStateWord(state)],
  [msg('Status'), ({ head }) => (head === null || head.status === 0 ? NONE : String(head.status))],
  [msg('Protocol'), ({ network }) => network.at(-1)?.protocol || NONE],
  [msg('Format'), ({ format }) => format?.label ?? NONE],
  [msg('Model'), (connection) => turnReaderOf(connection).turn?.model || NONE],
  [msg('Finish reason'), (connection) => finishOf(connection) || NONE],
]

function finishOf(connection: Connection): string {
  const reasons = (turnReaderOf(connection).turn?.messages ?? []).flatMap(({ finish }) => finish?.reason ?? [])
  return [...new Set(reasons)].join(', ')
}

/** The first connection is what the others are compared with. Figures that no connection has are left out. */
export function figureTable(connections: readonly Connection[], measured: readonly Measured[]): readonly FigureRow[] {
  const facts = FACTS.map(([name, of]) => toRow(name, connections.map(of), []))
  const figures = MEASURES.map(([key, unit, name]) => {
    const texts = measured.map((one) => figureWords(one, key, unit))
    const base = measured[0]?.values[key] ?? null
    return toRow(
      name,
      texts,
      measured.map(({ values }, index) => (index === 0 ? '' : differenceWords(values[key], base, unit))),
    )
  })
  return [...facts, ...figures].filter(({ cells }) => cells.some(({ text }) => text !== NONE))
}

function toRow(name: string, texts: readonly string[], by: readonly string[]): FigureRow {
  const cells = texts.map((text, index) => ({
    text,
    by: by[index] ?? '',
    differs: (by[index] ?? '') !== '' || text !== texts[0],
  }))
  return { name: t(name), cells }
}

/** With what they differ by in the same cell, the head first. */
export function figureCells(names: readonly string[], rows: readonly FigureRow[]): readonly (readonly string[])[] {
  return [
    [t('Figure'), ...names],
    ...rows.map(({ name, cells }) => [name, ...cells.map(({ text, by }) => (by === '' ? text : `${text}, ${by}`))]),
  ]
}
