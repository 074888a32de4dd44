/** The values that a piece of JavaScript writes down. It is read and never run. */
import type { Expression, Node, ObjectExpression, Program, SpreadElement } from 'acorn'
import { fromBase64 } from '../../export/body.ts'
import { toBinary, toByteText } from './bytes.ts'

/** What is made by a call; all else are JSON values. */
export type Made =
  | { readonly made: 'form'; readonly entries: (readonly [name: string, value: unknown, fileName: string | null])[] }
  | { readonly made: 'params'; readonly text: string }
  | { readonly made: 'headers'; readonly value: unknown }
  /** Characters are bytes. */
  | { readonly made: 'bytes'; readonly bytes: string }
  | { readonly made: 'blob'; readonly bytes: string | null; readonly type: string }
  | { readonly made: 'timeout'; readonly ms: number }
  | { readonly made: 'request'; readonly input: unknown; readonly init: unknown }
  /** What cannot be known without running it. */
  | { readonly made: 'unknown'; readonly code: string }

export function isMade<Kind extends Made['made']>(value: unknown, kind: Kind): value is Made & { made: Kind } {
  return typeof value === 'object' && value !== null && (value as { made?: unknown }).made === kind
}

export type Names = ReadonlyMap<string, unknown>

export interface Call {
  /** `fetch` or `EventSource`. */
  readonly name: string
  readonly given: readonly unknown[]
}

/** The first call of `fetch` or `EventSource` in the program; null if there is none. */
export function findCall(program: Program, code: string): Call | null {
  const names = new Map<string, unknown>()
  let found: Call | null = null
  const visit = (node: Node): void => {
    if (found !== null) return
    const one = node as Expression | (Node & { type: 'VariableDeclarator'; id: Node; init: Expression | null })
    if (one.type === 'VariableDeclarator' && 'init' in one && one.init !== null && one.id.type === 'Identifier') {
      visit(one.init)
      names.set((one.id as Node & { name: string }).name, evaluate(one.init, names, code))
      return
    }
    if (one.type === 'CallExpression' || one.type === 'NewExpression') {
      const name = nameOf(one.callee)
      if (name === 'fetch' || name === 'EventSource')
        found = { name, given: one.arguments.map((each) => evaluate(each, names, code)) }
      else append(one, names, code)
    }
    for (const child of childrenOf(node)) visit(child)
  }
  visit(program)
  return found
}

function childrenOf(node: Node): readonly Node[] {
  return Object.values(node)
    .flat()
    .filter((value: unknown): value is Node => typeof (value as Node | null)?.type === 'string')
}

/** `form.append(name, value)` and the like. */
function append(call: Expression & { type: 'CallExpression' | 'NewExpression' }, names: Names, code: string): void {
  const { callee } = call
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return
  const form = names.get(callee.object.name)
  const method = nameOf(callee)
  if (!isMade(form, 'form') || (method !== 'append' && method !== 'set')) return
  const [name, value, fileName] = call.arguments.map((each) => evaluate(each, names, code))
  form.entries.push([String(name), value, typeof fileName === 'string' ? fileName : null])
}

/** `fetch`, also of `window.fetch`. */
function nameOf(callee: Node): string {
  const one = callee as Expression
  if (one.type === 'Identifier') return one.name
  if (one.type !== 'MemberExpression' || one.computed) return ''
  return one.property.type === 'Identifier' ? one.property.name : ''
}

export function evaluate(node: Expression | SpreadElement, names: Names, code: string): unknown {
  const unknown = (): Made => ({ made: 'unknown', code: code.slice(node.start, node.end) })
  const of = (one: Expression | SpreadElement) => evaluate(one, names, code)
  switch (node.type) {
    case 'Literal':
      return node.value === null || /^(?:string|number|boolean)$/.test(typeof node.value) ? node.value : unknown()
    case 'TemplateLiteral': {
      const values = node.expressions.map(of)
      if (!values.every((value) => typeof value === 'string' || typeof value === 'number')) return unknown()
      return node.quasis.map(({ value }, i) => `${value.cooked ?? ''}${String(values[i] ?? '')}`).join('')
    }
    case 'Identifier':
      if (node.name === 'undefined') return undefined
      return names.has(node.name) ? names.get(node.name) : unknown()
    case 'ArrayExpression':
      return node.elements.map((element) => (element === null ? null : of(element)))
    case 'ObjectExpression':
      return toObject(node, of) ?? unknown()
    case 'UnaryExpression': {
      const value = of(node.argument)
      if (node.operator === 'void') return undefined
      if (node.operator === '!') return typeof value === 'number' ? value === 0 : unknown()
      return node.operator === '-' && typeof value === 'number' ? -value : unknown()
    }
    case 'BinaryExpression': {
      const [left, right] = [node.left, node.right].map((side) => (side.type === 'PrivateIdentifier' ? null : of(side)))
      if (node.operator === '*' && typeof left === 'number' && typeof right === 'number') return left * right
      const isText = [left, right].every((side) => typeof side === 'string' || typeof side === 'number')
      return node.operator === '+' && isText ? `${String(left)}${String(right)}` : unknown()
    }
    case 'AwaitExpression':
      return of(node.argument)
    case 'ParenthesizedExpression':
      return of(node.expression)
    case 'CallExpression':
    case 'NewExpression':
      return make(node, of) ?? unknown()
    default:
      return unknown()
  }
}

function toObject(node: ObjectExpression, of: (node: Expression) => unknown): Record<string, unknown> | null {
  const entries: [string, unknown][] = []
  for (const property of node.properties) {
    if (property.type === 'SpreadElement' || property.kind !== 'init') return null
    const { key } = property
    const name = property.computed ? of(key) : key.type === 'Identifier' ? key.name : of(key)
    if (typeof name !== 'string' && typeof name !== 'number') return null
    entries.push([String(name), of(property.value)])
  }
  // Unlike an object's own writing, this takes `__proto__` for a name like any other.
  return Object.fromEntries(entries)
}

/** Undefined for what is not known. */
function make(
  node: Expression & { type: 'CallExpression' | 'NewExpression' },
  of: (node: Expression | SpreadElement) => unknown,
): unknown {
  const [first, second] = node.arguments.map(of)
  switch (writtenName(node)) {
    case 'JSON.stringify':
      return isPlain(first)
        ? JSON.stringify(first, null, node.arguments[2] === undefined ? 0 : Number(of(node.arguments[2])))
        : undefined
    case 'encodeURIComponent':
      return typeof first === 'string' ? encodeURIComponent(first) : undefined
    case 'atob':
      return typeof first === 'string' ? toBinary(fromBase64(first)) : undefined
    case 'btoa':
      return typeof first === 'string' && /^[\0-\xff]*$/.test(first) ? btoa(first) : undefined
    case 'AbortSignal.timeout':
      return typeof first === 'number' ? ({ made: 'timeout', ms: first } satisfies Made) : undefined
    case 'TextEncoder.encode':
      return typeof first === 'string' ? ({ made: 'bytes', bytes: toByteText(first) } satisfies Made) : undefined
    // Its second argument takes the characters' codes.
    case 'Uint8Array.from':
      return typeof first === 'string' ? ({ made: 'bytes', bytes: first } satisfies Made) : undefined
    case 'new Uint8Array':
      return Array.isArray(first) && first.every((byte) => typeof byte === 'number')
        ? ({ made: 'bytes', bytes: toBinary(Uint8Array.from(first)) } satisfies Made)
        : undefined
    case 'new FormData':
      return { made: 'form', entries: [] } satisfies Made
    case 'new URLSearchParams':
      return toParams(first)
    case 'new Headers':
      return { made: 'headers', value: first } satisfies Made
    case 'new Blob':
    case 'new File':
      return toBlob(first, writtenName(node) === 'new File' ? node.arguments[2] && of(node.arguments[2]) : second)
    case 'new Request':
      return { made: 'request', input: first, init: second } satisfies Made
    default:
      return undefined
  }
}

/** `new Headers`, `JSON.stringify`; `TextEncoder.encode` for the method of a new one. */
function writtenName({ type, callee }: Expression & { type: 'CallExpression' | 'NewExpression' }): string {
  if (type === 'NewExpression') return `new ${nameOf(callee)}`
  if (callee.type !== 'MemberExpression') return nameOf(callee)
  const { object } = callee
  return `${object.type === 'NewExpression' ? nameOf(object.callee) : nameOf(object)}.${nameOf(callee)}`
}

/** JSON, all the way down. */
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value !== undefined
  return !('made' in value && isMade(value, 'unknown')) && Object.values(value).every(isPlain)
}

function toParams(given: unknown): Made | undefined {
  if (typeof given === 'string') return { made: 'params', text: new URLSearchParams(given).toString() }
  if (given === undefined) return { made: 'params', text: '' }
  if (!isPlain(given)) return undefined
  return { made: 'params', text: new URLSearchParams(toPairs(given).map(([name, value]) => [name, value])).toString() }
}

function toBlob(parts: unknown, options: unknown): Made {
  const type = (options as { type?: unknown } | undefined)?.type
  const texts = Array.isArray(parts) ? parts.map(toBytes) : []
  const isKnown = texts.length > 0 && texts.every((text) => text !== null)
  return { made: 'blob', bytes: isKnown ? texts.join('') : null, type: typeof type === 'string' ? type : '' }
}

function toBytes(part: unknown): string | null {
  if (typeof part === 'string') return toByteText(part)
  return isMade(part, 'bytes') ? part.bytes : null
}

/** Names and values of an object or of a list of pairs. */
export function toPairs(given: unknown): readonly (readonly [name: string, value: string])[] {
  const pairs: readonly unknown[] = Array.isArray(given) ? given : Object.entries(given ?? {})
  return pairs.flatMap((pair) => {
    const [name, value] = Array.isArray(pair) ? (pair as readonly unknown[]) : []
    const isText = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    return typeof name === 'string' && isText ? [[name, String(value)] as const] : []
  })
}
