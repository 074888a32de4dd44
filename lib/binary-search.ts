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
