/** Two sequences without what only one of them has. */
export interface SharedElements {
  /** Numbered anew, from 0 up to `kinds`. */
  readonly a: Uint32Array
  readonly b: Uint32Array
  /** Where the elements stood in the whole sequences. */
  readonly aPlaces: Uint32Array
  readonly bPlaces: Uint32Array
  readonly kinds: number
}

const IN_FIRST = 1

/** The numbers of the elements should be small: there is a place in memory for each up to the greatest. */
export function toShared(first: Uint32Array, second: Uint32Array): SharedElements {
  const size = Math.max(greatest(first), greatest(second)) + 1
  /** 0: in neither so far; from 2 on: the element's new number, and 2. */
  const numbers = new Uint32Array(size)
  let kinds = 0
  for (const token of first) numbers[token] = IN_FIRST
  for (const token of second) {
    if (numbers[token] !== IN_FIRST) continue
    numbers[token] = kinds + 2
    kinds += 1
  }
  const [a, aPlaces] = keep(first, numbers)
  const [b, bPlaces] = keep(second, numbers)
  return { a, b, aPlaces, bPlaces, kinds }
}

function greatest(sequence: Uint32Array): number {
  let most = 0
  for (const token of sequence) if (token > most) most = token
  return most
}

function keep(sequence: Uint32Array, numbers: Uint32Array): readonly [Uint32Array, Uint32Array] {
  const kept = new Uint32Array(sequence.length)
  const places = new Uint32Array(sequence.length)
  let count = 0
  for (let place = 0; place < sequence.length; place += 1) {
    const number = numbers[sequence[place] ?? 0] ?? 0
    if (number < 2) continue
    kept[count] = number - 2
    places[count] = place
    count += 1
  }
  return [kept.subarray(0, count), places.subarray(0, count)]
}
