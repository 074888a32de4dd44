/** An append-only list of whole numbers below 2^32 that grows by doubling: four bytes a row, no copies of rows. */
export interface NumberColumn {
  readonly length: number
  /** 0 beyond the end. */
  at(index: number): number
  push(value: number): void
  /** The last index whose value is at most `value`, in a column that rises; -1 if none. */
  lastAtMost(value: number): number
}

export function createNumberColumn(): NumberColumn {
  let values = new Uint32Array(1024)
  let length = 0
  return {
    get length() {
      return length
    },
    at: (index) => (index < length ? (values[index] ?? 0) : 0),
    push(value) {
      if (length === values.length) {
        const larger = new Uint32Array(length * 2)
        larger.set(values)
        values = larger
      }
      values[length++] = value
    },
    lastAtMost: (value) => lastIndexWhere(length, (index) => (values[index] ?? 0) <= value),
  }
}

/** Binary search: the last of `length` indexes for which `holds` is true, if it holds for a beginning of them; -1 if for none. */
export function lastIndexWhere(length: number, holds: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) low = middle + 1
    else high = middle
  }
  return low - 1
}
