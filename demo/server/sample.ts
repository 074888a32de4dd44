const WORDS = [
  'amber',
  'birch',
  'cedar',
  'delta',
  'ember',
  'fjord',
  'grove',
  'heron',
  'islet',
  'jetty',
  'käse',
  '流れ',
  '🌊',
]

export interface Sample {
  readonly n: number
  readonly of: number
  readonly word: string
}

/** The value of event `n`. Without times or chance, so that two runs give a page the same text. */
export function sample(n: number, of: number): Sample {
  return { n, of, word: WORDS[(n - 1) % WORDS.length] ?? '' }
}
