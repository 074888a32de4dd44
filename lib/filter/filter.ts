/** What a filter text says, once read. One language for events and for connections; they differ in their keys. */
import type { JsonPath } from '../formats/json/json-path.ts'

/** A part of the filter text, from 0; `to` is the place after it. */
export interface Place {
  readonly from: number
  readonly to: number
}

/** Case aside, unless the regular expression says otherwise. */
export type TextMatch =
  | { readonly how: 'contains'; readonly text: string }
  | { readonly how: 'is'; readonly text: string }
  | { readonly how: 'regex'; readonly regex: RegExp }

/** Both ends belong to it unless they say otherwise. */
export interface NumberRange {
  readonly from: number
  readonly to: number
  readonly withoutFrom: boolean
  readonly withoutTo: boolean
}

export type Condition =
  | { readonly kind: 'text'; readonly match: TextMatch }
  | { readonly kind: 'field'; readonly key: string; readonly match: TextMatch }
  | { readonly kind: 'number'; readonly key: string; readonly range: NumberRange }
  /** One of several words. */
  | { readonly kind: 'choice'; readonly key: string; readonly words: readonly string[] }
  | { readonly kind: 'path'; readonly path: JsonPath; readonly match: TextMatch | NumberRange }
  | { readonly kind: 'has path'; readonly path: JsonPath }

/** All terms have to hold. */
export interface Term {
  readonly isNot: boolean
  readonly condition: Condition
}

export interface FilterError extends Place {
  /** For people, in their language. */
  readonly message: string
}

export interface Filter {
  readonly terms: readonly Term[]
  readonly errors: readonly FilterError[]
}

/** What stands after a key. */
export type KeyTakes = 'text' | 'count' | 'size' | 'time' | readonly string[]

export interface KeySpec {
  readonly name: string
  readonly takes: KeyTakes
  /** For people, a few words: a message. */
  readonly hint: string
  /** Beside its words, the key takes paths into JSON. */
  readonly orPath?: true
}

export interface Grammar {
  readonly keys: readonly KeySpec[]
  /** Whether `choices[0].delta:text` looks into the event's JSON. */
  readonly hasPaths: boolean
}

export const NO_FILTER: Filter = { terms: [], errors: [] }
