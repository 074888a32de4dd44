/** Compares what a probe found without and with the extension. */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

export interface Difference {
  /** Where in the facts, as `reader.0.keys`. */
  readonly path: string
  readonly without: Json | undefined
  readonly with: Json | undefined
}

function isTree(value: Json | undefined): value is readonly Json[] | { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null
}

/** Every leaf that differs; a missing leaf counts, and so does another order of names. */
export function differences(without: Json | undefined, withIt: Json | undefined, path = ''): Difference[] {
  if (!isTree(without) || !isTree(withIt) || Array.isArray(without) !== Array.isArray(withIt)) {
    return without === withIt ? [] : [{ path, without, with: withIt }]
  }
  const before = new Map<string, Json>(Object.entries(without))
  const after = new Map<string, Json>(Object.entries(withIt))
  const found: Difference[] = []
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    found.push(...differences(before.get(name), after.get(name), path === '' ? name : `${path}.${name}`))
  }
  if (found.length === 0 && [...before.keys()].join() !== [...after.keys()].join()) {
    found.push({ path: `${path} (order)`, without: [...before.keys()], with: [...after.keys()] })
  }
  return found
}

const TOLERATED_FACTOR = 1.3
const TOLERATED_BYTES = 20 * 2 ** 20

/** Bounded figures: with the extension at most native × 1.3 + 20 MB. */
export function exceeded(
  without: Readonly<Record<string, number>>,
  withIt: Readonly<Record<string, number>>,
): Difference[] {
  return Object.entries(withIt).flatMap(([name, bytes]) => {
    const native = without[name]
    if (native !== undefined && bytes <= native * TOLERATED_FACTOR + TOLERATED_BYTES) return []
    return [{ path: `${name} (bytes)`, without: native, with: bytes }]
  })
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** Removes what is new in every run: the run's id, and the ids of blob URLs. */
export function withoutRunId(json: Json, id: string): Json {
  return JSON.parse(JSON.stringify(json).replaceAll(id, 'RUN').replaceAll(UUID, 'UUID')) as Json
}
