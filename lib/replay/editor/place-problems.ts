import type { Problem } from '../replay.ts'
import type { FormProblem, Place, Planned } from './to-plan.ts'

/** What a replayer says of a plan, at the places of the form that it was made from. */
export function placeProblems(problems: readonly Problem[], planned: Planned): readonly FormProblem[] {
  return problems.map((problem) => {
    const { severity, message, values, wayOn } = problem
    return {
      place: placeOf(problem, planned),
      severity,
      message,
      ...(values !== undefined && { values }),
      ...(wayOn !== undefined && { wayOn }),
    }
  })
}

function placeOf({ field, index = -1 }: Problem, { headerIds, partIds }: Planned): Place {
  switch (field) {
    case 'header': {
      const id = headerIds[index] ?? null
      return id === null ? 'headers' : `header ${id}`
    }
    case 'body': {
      const id = partIds[index]
      return id === undefined ? 'body' : `part ${id}`
    }
    case 'timeout':
      return 'timeoutMs'
    case 'stopAfter':
      return 'stopEvents'
    case 'repeat':
      return 'times'
    case 'url':
    case 'method':
    case 'credentials':
    case 'mode':
    case 'redirect':
    case 'referrer':
    case 'way':
    case 'as':
      return field
    default:
      return field satisfies never
  }
}
