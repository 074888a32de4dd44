/** Finds sentences in `lib` that no language but English would have. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'
import { MARKERS } from './sources.ts'
import type { Found } from './sources.ts'

const root = join(import.meta.dirname, '../../..')

/** What people read is made here. Capture says nothing to people. */
const FOLDERS = 'compare,endings,export,filter,findings,formats,network,replay,session,timeline,turns'

/** Two words in a row, the second of them in lower case: a sentence, or a piece of one. */
const SENTENCE = /\p{L}{2}[,;:)”]* [(“]?\p{Ll}{2}/u

/** A list of names, one of them of several words. */
const NAMES = /^(?=.*\w_\w)\w+(?:,? \w+)*$/

type Span = readonly [from: number, to: number]

/** Texts that look like sentences, and are neither an argument of what translates nor a value that a type names. */
export function findBareTexts(): readonly Found[] {
  const read = (pattern: string) =>
    globSync(pattern, { cwd: root }).map((file) => [file, readFileSync(join(root, file), 'utf8')] as const)
  const values = new Set(read('lib/**/*.ts').flatMap(([file, code]) => literalTypesOf(file, code)))
  return read(`lib/{${FOLDERS}}/**/*.ts`)
    .flatMap(([file, code]) => bareTextsOf(file, code))
    .filter(({ text }) => !values.has(text))
}

function literalTypesOf(file: string, code: string): readonly string[] {
  const found: string[] = []
  new Visitor({
    TSLiteralType: ({ literal }) => {
      if (literal.type === 'Literal' && typeof literal.value === 'string') found.push(literal.value)
    },
  }).visit(parseSync(file, code).program)
  return found
}

export function bareTextsOf(file: string, code: string): readonly Found[] {
  const texts: { readonly text: string; readonly start: number }[] = []
  const excused: Span[] = []
  const add = (text: string, start: number) => {
    if (SENTENCE.test(text) && !NAMES.test(text)) texts.push({ text, start })
  }
  const excuse = ({ start, end }: { readonly start: number; readonly end: number }) => excused.push([start, end])
  new Visitor({
    Literal: ({ value, start }) => {
      if (typeof value === 'string') add(value, start)
    },
    TemplateLiteral: ({ quasis, start }) => add(quasis.map(({ value }) => value.cooked ?? '').join('{}'), start),
    CallExpression({ callee, arguments: given }) {
      const places = callee.type === 'Identifier' ? (MARKERS.get(callee.name) ?? []) : []
      for (const place of places) if (given[place] !== undefined) excuse(given[place])
    },
    // What is compared, a name or a type is no text.
    BinaryExpression: ({ left, right, operator }) => {
      if (operator !== '+') for (const side of [left, right]) if (side.type === 'Literal') excuse(side)
    },
    SwitchCase: ({ test }) => test !== null && excuse(test),
    Property: ({ key }) => excuse(key),
    MemberExpression: ({ property }) => excuse(property),
    TSLiteralType: excuse,
    TSPropertySignature: ({ key }) => excuse(key),
  }).visit(parseSync(file, code).program)
  return texts
    .filter(({ start }) => !excused.some(([from, to]) => start >= from && start < to))
    .map(({ text, start }) => ({ text, place: `${file}:${code.slice(0, start).split('\n').length}` }))
}
