/** A table to look a stream's words up in: without a prototype, so that `constructor` is in it no more than any other unknown word. */
export function toTable<Value>(entries: Readonly<Record<string, Value>>): Readonly<Record<string, Value | undefined>> {
  return Object.assign(Object.create(null) as Record<string, Value>, entries)
}
