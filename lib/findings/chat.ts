/** What the rules about chat answers ask of a turn. findings.ts reads it, in slices; rules only look at it. */
import type { ProblemCode, Turn, TurnMessage, TurnProblem } from '../formats/turn.ts'
import type { Connection } from '../session/types.ts'
import { turnReaderOf } from '../turns/turn-reader.ts'
import { atEvent, toProof } from './finding.ts'
import type { Proof } from './finding.ts'

const PROOFS = 5

export interface ReadTurn {
  readonly turn: Turn
  readonly format: { readonly name: string; readonly label: string }
  /** The server closed the stream, and all of it was read. Where the page or the network broke it off, this stays false. */
  readonly ended: boolean
}

/** The turn of a connection; null where its format is not sure: a stream that only looks like one keeps no rules of it. */
export function turnOf(connection: Connection): ReadTurn | null {
  const { match, turn, ended } = turnReaderOf(connection)
  if (match === null || turn === null || match.certainty !== 'sure') return null
  return { turn, format: match, ended }
}

export function problemsOf({ turn }: ReadTurn, ...codes: readonly ProblemCode[]): readonly TurnProblem[] {
  return turn.problems.filter(({ code }) => codes.includes(code))
}

/** The first of them, each with its place. */
export function toProofs(problems: readonly TurnProblem[]): readonly Proof[] {
  return problems.slice(0, PROOFS).map(({ text, event }) => toProof(text, event < 0 ? null : atEvent(event)))
}

/** Messages that stopped for such a reason, each as evidence. */
export function finishProofs(messages: readonly TurnMessage[], kind: string): readonly Proof[] {
  return messages.flatMap(({ finish }) =>
    finish?.kind === kind ? [toProof(`Finish reason: ${finish.reason}`, atEvent(finish.event))] : [],
  )
}
