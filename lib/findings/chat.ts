/** What the rules about chat answers ask of a turn. findings.ts reads it, in slices; rules only look at it. */
import type { ProblemCode, Turn, TurnMessage, TurnProblem } from '../formats/turn.ts'
import { say } from '../i18n/saying.ts'
import { t } from '../i18n/translate.ts'
import type { Connection } from '../session/types.ts'
import { turnReaderOf } from '../turns/turn-reader.ts'
import { atEvent, toProof } from './finding.ts'
import type { Finding, Proof, Rule } from './finding.ts'

const PROOFS = 5

export interface ReadTurn {
  readonly turn: Turn
  /** `label`: as people know the format. */
  readonly format: { readonly name: string; readonly label: string }
  /** The server closed the stream, and all of it was read. Where the page or the network broke it off, this stays false. */
  readonly ended: boolean
}

/** A rule about turns: `judge` is asked where there is one, and says all but the rule's name. */
export function chatRule(
  name: string,
  judge: (read: ReadTurn, connection: Connection) => Omit<Finding, 'rule'> | null,
): Rule {
  return {
    name,
    watch: () => ({
      judge(connection) {
        const read = turnOf(connection)
        const found = read === null ? null : judge(read, connection)
        return found === null ? null : { rule: name, ...found }
      },
    }),
  }
}

/** As `chatRule`, for what the format itself calls wrong: `judge` is asked where there are problems of these codes. */
export function problemRule(
  name: string,
  codes: readonly ProblemCode[],
  judge: (count: number, read: ReadTurn) => Omit<Finding, 'rule' | 'evidence'>,
): Rule {
  return chatRule(name, (read) => {
    const problems = read.turn.problems.filter(({ code }) => codes.includes(code))
    return problems.length === 0 ? null : { ...judge(problems.length, read), evidence: toProofs(problems) }
  })
}

/** As `chatRule`, for a reason to stop: `judge` says all but the evidence. */
export function finishRule(name: string, kind: string, judge: () => Omit<Finding, 'rule' | 'evidence'>): Rule {
  return chatRule(name, ({ turn }) => {
    const evidence = finishProofs(turn.messages, kind)
    return evidence.length === 0 ? null : { ...judge(), evidence }
  })
}

/** The turn of a connection; null where its format is not sure: a stream that only looks like one keeps no rules of it. */
function turnOf(connection: Connection): ReadTurn | null {
  const { match, turn, ended } = turnReaderOf(connection)
  if (match === null || turn === null || match.certainty !== 'sure') return null
  return { turn, format: { name: match.name, label: match.label }, ended }
}

/** The first of them, each with its place. */
function toProofs(problems: readonly TurnProblem[]): readonly Proof[] {
  return problems.slice(0, PROOFS).map(({ text, event }) => toProof(say(text), event < 0 ? null : atEvent(event)))
}

/** Messages that stopped for such a reason, each as evidence. */
function finishProofs(messages: readonly TurnMessage[], kind: string): readonly Proof[] {
  return messages.flatMap(({ finish }) =>
    finish?.kind === kind
      ? [toProof(t('Finish reason: {reason}', { reason: finish.reason }), atEvent(finish.event))]
      : [],
  )
}
