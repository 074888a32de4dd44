/**
 * The part of JSONPath (RFC 9535) that points at values of known places: names, indexes and wildcards, such as
 * `$.choices[*].delta['content']`. No filters, no slices, no `..`: each would read more than it is asked for.
 */
import { t } from '../../i18n/translate.ts'
import { isObject } from './json.ts'

type Segment =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | typeof ALL
const ALL = { kind: 'all' } as const

export interface JsonPath {
  /** As it was written. */
  readonly text: string
  readonly segments: readonly Segment[]
}

export interface PathError {
  /** For people. */
  readonly error: string
  /** Where in the text, from 0. */
  readonly at: number
}

const NAME = /^[\p{L}_][\p{L}\p{N}_]*/u
const INDEX = /^(?:0|-?[1-9]\d{0,8})(?=\])/
const QUOTED = /^(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")(?=\])/

/** Reads a path; says where and why if it cannot. */
export function parseJsonPath(text: string): JsonPath | PathError {
  const segments: Segment[] = []
  if (!text.startsWith('$')) return { error: t('A path begins with $, such as $.delta.text'), at: 0 }
  let at = 1
  while (at < text.length) {
    const rest = text.slice(at + 1)
    const segment = text.charAt(at) === '.' ? readDotted(rest) : text.charAt(at) === '[' ? readBracketed(rest) : null
    if (segment === null) return { error: toReason(text, at), at }
    segments.push(segment.value)
    at += 1 + segment.size
  }
  return { text, segments }
}

interface Read {
  readonly value: Segment
  readonly size: number
}

function readDotted(rest: string): Read | null {
  if (rest.startsWith('*')) return { value: ALL, size: 1 }
  const name = NAME.exec(rest)?.[0]
  return name === undefined ? null : { value: { kind: 'name', name }, size: name.length }
}

function readBracketed(rest: string): Read | null {
  if (rest.startsWith('*]')) return { value: ALL, size: 2 }
  const index = INDEX.exec(rest)?.[0]
  if (index !== undefined) return { value: { kind: 'index', index: Number(index) }, size: index.length + 1 }
  const quoted = QUOTED.exec(rest)?.[0]
  if (quoted === undefined) return null
  const name = quoted.slice(1, -1).replaceAll(/\\(.)/g, '$1')
  return { value: { kind: 'name', name }, size: quoted.length + 1 }
}

function toReason(text: string, at: number): string {
  const rest = text.slice(at)
  if (rest.startsWith('..')) return t('Paths with .. are not supported: name every step')
  if (rest.startsWith('[?')) return t('Filters are not supported: use [*] or an index')
  if (/^\[-?\d*:/.test(rest)) return t('Slices are not supported: use [*] or an index')
  if (rest.startsWith('[')) return t("In brackets stands an index, * or a quoted name, such as [0], [*] or ['a-b']")
  if (rest.startsWith('.')) return t("After a dot comes a name or *; other names are written ['a-b']")
  return t('A step begins with a dot or a bracket')
}

/** The values at the path, in the document's order. */
export function selectAll(value: unknown, { segments }: JsonPath): unknown[] {
  let found: unknown[] = [value]
  for (const segment of segments) found = found.flatMap((one) => selectStep(one, segment))
  return found
}

function selectStep(value: unknown, segment: Segment): unknown[] {
  switch (segment.kind) {
    case 'all':
      if (Array.isArray(value)) return value as unknown[]
      return isObject(value) ? Object.values(value) : []
    case 'index': {
      const index = segment.index < 0 && Array.isArray(value) ? value.length + segment.index : segment.index
      return Array.isArray(value) && Object.hasOwn(value, index) ? [(value as unknown[])[index]] : []
    }
    case 'name':
      return isObject(value) && Object.hasOwn(value, segment.name) ? [value[segment.name]] : []
    default:
      return segment satisfies never
  }
}

/** The path to a place in a document, written in the shortest way. */
export function toJsonPath(steps: readonly (string | number)[]): string {
  return `$${steps.map(toStep).join('')}`
}

function toStep(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`
  if (NAME.exec(step)?.[0] === step) return `.${step}`
  return `['${step.replaceAll(/['\\]/g, String.raw`\$&`)}']`
}
