import { createFiguresReader, type FiguresReader, type Measured } from '../../lib/compare/figures.ts'
import { toDocumentNowMs } from '../../lib/session/figures.ts'
import type { Connection } from '../../lib/session/types.ts'
import { useSlices } from '../parts/use-slices.ts'

/** A connection is counted once, whatever it is compared with. */
const readers = new WeakMap<Connection, FiguresReader>()

function readerOf(connection: Connection): FiguresReader {
  const known = readers.get(connection)
  if (known !== undefined) return known
  const made = createFiguresReader(connection)
  readers.set(connection, made)
  return made
}

interface Figures {
  readonly measured: readonly Measured[]
  /** False while some are still being counted. */
  readonly isDone: boolean
}

/** The figures of each connection so far, up to date while they grow. */
export function useFigures(connections: readonly Connection[], nowWallMs: number): Figures {
  for (const { version } of connections) void version.value
  const about = connections.map(({ key }) => key).join(' ')
  const isDone = useSlices(about, (budgetMs) => {
    const untilMs = performance.now() + budgetMs
    return connections.every((one) => readerOf(one).update(Math.max(0, untilMs - performance.now())))
  })
  return {
    measured: connections.map((one) => readerOf(one).measure(toDocumentNowMs(one, nowWallMs))),
    isDone,
  }
}
