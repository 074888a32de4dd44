/** The texts in an event's JSON, for the user to point at. */
import { isObject, parseJson } from '../../lib/formats/json/json.ts'
import { toJsonPath } from '../../lib/formats/json/json-path.ts'

export interface TextLeaf {
  readonly path: string
  readonly steps: readonly (string | number)[]
  readonly text: string
}

/** More are no help in choosing. */
const MOST = 60
const DEEPEST = 12

export function textLeavesOf(json: string): readonly TextLeaf[] {
  const leaves: TextLeaf[] = []
  const look = (value: unknown, steps: readonly (string | number)[]): void => {
    if (leaves.length >= MOST || steps.length > DEEPEST) return
    if (typeof value === 'string') {
      leaves.push({ path: toJsonPath(steps), steps, text: value })
      return
    }
    const members = Array.isArray(value) ? value.entries() : isObject(value) ? Object.entries(value) : []
    for (const [name, member] of members) look(member, [...steps, name])
  }
  look(parseJson(json), [])
  return leaves
}
