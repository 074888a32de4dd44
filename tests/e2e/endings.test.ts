/** The table of endings, in real Chromium with real DevTools: each case is judged twice, without and with what DevTools knows. */
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toReasonWords } from '../../lib/endings/words.ts'
import type { Connection } from '../../lib/session/types.ts'
import { CASES, toName } from '../endings/cases.ts'
import type { EndingCase, Expected } from '../endings/ending-case.ts'
import { openStage, type Stage } from '../endings/stage.ts'

let stage: Stage | null = null
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage?.close())

/** The ending in the table's own notation; what the table gives only the beginning of is given likewise. */
function toShown({ ending, state }: Connection, wanted: Expected): unknown {
  if (ending === null) return state
  const { verdict, who, phase, by, evidence } = ending
  const words = ending.reason === null ? null : (toReasonWords(ending.reason) ?? ending.reason.type)
  const next = evidence.find(({ name, value }) => name === 'Then' && value.startsWith('the page '))?.value
  const shown = { verdict, who, phase, reason: begin(words, wanted.reason), by }
  return next === undefined ? shown : { ...shown, next: begin(next, wanted.next) }
}

function begin(text: string | null, wanted: string | null | undefined): string | null {
  return typeof wanted === 'string' && text?.startsWith(wanted) === true ? wanted : text
}

/** What was expected, and what came, without and with what DevTools knows. */
async function judge(given: EndingCase, tag: string): Promise<{ wanted: unknown; shown: unknown }> {
  if (stage === null) throw new Error('used before it was opened')
  const { play, connectionOf, forget } = stage
  const { expected, exact, silent } = given
  await play(given, tag)
  try {
    if ('alive' in expected) {
      const { state, ending } = await connectionOf(
        tag,
        'told',
        (seen) => seen.state === expected.alive || seen.ending !== null,
      )
      return { wanted: [expected.alive, null], shown: [state, ending] }
    }
    const better = { ...expected, ...exact }
    const untold = await connectionOf(tag, 'untold', ({ ending }) => ending !== null)
    const told = await connectionOf(
      tag,
      'told',
      // Of several attempts, the last one's exchange may be told of later than the first's.
      (seen) =>
        seen.ending !== null &&
        (silent === true || seen.network.length > 0) &&
        isDeepStrictEqual(toShown(seen, better), better),
    )
    return { wanted: [expected, better], shown: [toShown(untold, expected), toShown(told, better)] }
  } finally {
    await forget(tag)
  }
}

test.for(CASES.map((given, index) => [toName(given), given, `c${index}`] as const))(
  '%s',
  { concurrent: true },
  async ([, given, tag]) => {
    const { wanted, shown } = await judge(given, tag)
    expect(shown).toEqual(wanted)
  },
)
