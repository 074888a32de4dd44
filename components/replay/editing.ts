/** What all parts of the request editor are given. */
import type { ReplayEditor } from '../../lib/replay/editor/editor.ts'
import type { ReplayForm } from '../../lib/replay/editor/form.ts'
import type { FormProblem, Place } from '../../lib/replay/editor/to-plan.ts'
import { fillIn, hasVariables, type Variables } from '../../lib/replay/editor/variables.ts'

export interface Editing {
  readonly form: ReplayForm
  readonly editor: ReplayEditor
  readonly variables: Variables
  problemsAt(place: Place): readonly FormProblem[]
}

/** A field's text with its variables filled in, for people; undefined where there is nothing to fill in. */
export function filledTitle({ form, variables }: Editing, text: string): string | undefined {
  return form.usesVariables && hasVariables(text) ? fillIn(text, variables).text : undefined
}

/** Sets one field of the form; typing into it is one step. */
export function editField<Name extends keyof ReplayForm>(
  { editor }: Editing,
  name: Name,
  value: ReplayForm[Name],
  isTyped = false,
): void {
  editor.edit((form) => ({ ...form, [name]: value }), isTyped ? name : '')
}
