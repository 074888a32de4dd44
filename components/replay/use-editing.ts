import { useMemo } from 'preact/hooks'
import { language } from '../../lib/i18n/translate.ts'
import { placeProblems } from '../../lib/replay/editor/place-problems.ts'
import { type FormProblem, type Place, type Planned, toPlan } from '../../lib/replay/editor/to-plan.ts'
import type { Replayer } from '../../lib/replay/replay.ts'
import type { Connection } from '../../lib/session/types.ts'
import type { Editing } from './editing.ts'
import type { ReplayDesk } from './replay-desk.ts'

interface Edited {
  readonly editing: Editing
  readonly planned: Planned
  readonly problems: readonly FormProblem[]
  /** Variables that the form uses and that have no value. */
  readonly wanted: readonly string[]
}

/** The connection's draft, what would be sent, and what is wrong with that. */
export function useEditing(connection: Connection, desk: ReplayDesk, replayer: Replayer | null): Edited {
  const editor = desk.editorOf(connection)
  const form = editor.form.value
  const variables = desk.variablesOf(connection)
  const words = language.value
  const planned = useMemo(() => toPlan(form, variables, connection.key), [form, variables, connection, words])
  const problems = [...planned.problems, ...placeProblems(replayer?.check(planned.plan) ?? [], planned)]
  const byPlace = Map.groupBy(problems, ({ place }) => place)
  const wanted = planned.problems.flatMap(({ values }) =>
    typeof values?.['name'] === 'string' ? [values['name']] : [],
  )
  return {
    editing: { form, editor, variables, problemsAt: (place: Place) => byPlace.get(place) ?? [] },
    planned,
    problems,
    wanted: [...new Set(wanted)],
  }
}
