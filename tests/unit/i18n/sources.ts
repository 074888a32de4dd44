/** Finds the interface's texts in the source: those that are translated, and those that should be and are not. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'

const root = join(import.meta.dirname, '../../..')

/** What a user reads comes from here. Capture and the way to the panel say nothing to people. */
const SOURCES = ['components/**/*.{ts,tsx}', 'lib/**/*.ts', 'entrypoints/**/*.{ts,tsx}']
const SILENT = ['lib/capture/']

/** Functions whose first arguments are messages, and how many are. */
export const MARKERS: ReadonlyMap<string, readonly number[]> = new Map([
  ['t', [0]],
  ['tn', [1, 2]],
  ['msg', [0]],
  ['saying', [0]],
  ['counted', [1, 2]],
])

/** JSX attributes that a person reads or hears. */
const SPOKEN = new Set([
  'title',
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'placeholder',
  'label',
  'alt',
  'what',
  'message',
])

export interface Found {
  readonly text: string
  /** `components/…/File.tsx:12` */
  readonly place: string
}
export interface Sources {
  readonly messages: readonly Found[]
  /** Forms for exactly one: only English has them. */
  readonly singulars: readonly Found[]
  /** Text that components show as it is written. */
  readonly bare: readonly Found[]
}

/** A text that some language would say in another way: not `·`, `#1`, `{}` … */
const isWords = (text: string): boolean => /\p{L}{2}/u.test(text) && !NAMES.has(text.trim())

/** The same in every language. */
const NAMES: ReadonlySet<string> = new Set(['EventSource', 'Streamscope', 'XMLHttpRequest', 'fetch'])

export function readSources(): Sources {
  const messages: Found[] = []
  const singulars: Found[] = []
  const bare: Found[] = []
  for (const file of globSync(SOURCES, { cwd: root })) {
    if (SILENT.some((folder) => file.startsWith(folder))) continue
    const code = readFileSync(join(root, file), 'utf8')
    const { program } = parseSync(file, code)
    const at = (start: number) => `${file}:${code.slice(0, start).split('\n').length}`
    new Visitor({
      CallExpression({ callee, arguments: given }) {
        const places = callee.type === 'Identifier' ? (MARKERS.get(callee.name) ?? []) : []
        for (const [i, place] of places.entries()) {
          const argument = given[place]
          if (argument === undefined) continue
          const found = textsOf(argument).map((text) => ({ text, place: at(argument.start) }))
          if (places.length === 2 && i === 0) singulars.push(...found)
          else messages.push(...found)
        }
      },
      JSXText({ value, start }) {
        if (isWords(value)) bare.push({ text: value.trim(), place: at(start) })
      },
      JSXAttribute({ name, value, start }) {
        if (name.type !== 'JSXIdentifier' || !SPOKEN.has(name.name) || value === null) return
        const expression = value.type === 'JSXExpressionContainer' ? value.expression : value
        const texts = expression.type === 'JSXEmptyExpression' ? [] : textsOf(expression)
        // `message` is RichText's: it translates.
        if (name.name === 'message') messages.push(...texts.map((text) => ({ text, place: at(start) })))
        else bare.push(...texts.filter(isWords).map((text) => ({ text, place: at(start) })))
      },
      JSXExpressionContainer({ expression, start }) {
        const isShown = code[start - 1] !== '='
        if (!isShown || expression.type === 'JSXEmptyExpression') return
        bare.push(
          ...textsOf(expression)
            .filter(isWords)
            .map((text) => ({ text, place: at(start) })),
        )
      },
    }).visit(program)
  }
  return { messages, singulars, bare }
}

interface Node {
  readonly type: string
  readonly start: number
}

/** The texts that an expression may be, as far as they are written down in it. */
function textsOf(expression: Node): string[] {
  const node = expression as Node & {
    readonly value?: unknown
    readonly quasis?: readonly { readonly value: { readonly cooked: string | null } }[]
    readonly consequent?: Node
    readonly alternate?: Node
    readonly left?: Node
    readonly right?: Node
    readonly operator?: string
  }
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [node.value] : []
    case 'TemplateLiteral':
      return [(node.quasis ?? []).map(({ value }) => value.cooked ?? '').join('{}')]
    case 'ConditionalExpression':
      return [node.consequent, node.alternate].flatMap((one) => (one === undefined ? [] : textsOf(one)))
    case 'LogicalExpression':
      return node.right === undefined ? [] : textsOf(node.right)
    default:
      return []
  }
}
