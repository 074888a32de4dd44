/**
 * The pieces between the `&`s of a query, or of a body in the same encoding, each as it is written: what nobody edits keeps
 * its order, its duplicates and its way of encoding to the last byte.
 */

export interface Param {
  readonly id: number
  /** As it stands in the text, `name=value` or less. */
  readonly raw: string
  /** Off: it stays in the table and is left out of the text. */
  readonly on: boolean
}

/** How a space is written where something is edited. */
export type SpaceStyle = '+' | '%20'

let lastId = 0
/** Names a row for as long as it is in a table. */
export function newId(): number {
  lastId += 1
  return lastId
}

export const toParam = (raw: string, on = true): Param => ({ id: newId(), raw, on })

/** All pieces; rows of `before` that are the same or stand in the same place keep their ids, those switched off their places. */
export function parseParams(text: string, before: readonly Param[] = []): readonly Param[] {
  const pieces = text.split('&')
  const params: Param[] = []
  const rest = [...pieces]
  for (const old of before) {
    if (!old.on) {
      params.push(old)
      continue
    }
    const raw = rest.shift()
    if (raw === undefined) continue
    params.push(raw === old.raw ? old : { ...old, raw })
  }
  return [...params, ...rest.map((raw) => toParam(raw))]
}

export function joinParams(params: readonly Param[]): string {
  return params
    .filter(({ on }) => on)
    .map(({ raw }) => raw)
    .join('&')
}

/** Name and value for people. What is no percent-encoded UTF-8 is shown as it is written. */
export function readParam({ raw }: Param): { readonly name: string; readonly value: string } {
  const [name, value] = cut(raw)
  return { name: decode(name), value: decode(value ?? '') }
}

/** Only what differs is written anew. */
export function editParam(param: Param, change: { name?: string; value?: string }, space: SpaceStyle): Param {
  const [name, value] = cut(param.raw)
  const nextName = change.name === undefined ? name : encode(change.name, name, space, /[&#=]/g)
  const nextValue = change.value === undefined ? value : encode(change.value, value ?? '', space, /[&#]/g)
  // A piece without a `=` stays one as long as it has no value.
  const hasEquals = nextValue !== undefined && (value !== undefined || nextValue !== '')
  return { ...param, raw: hasEquals ? `${nextName}=${nextValue}` : nextName }
}

/** As the text does it already. */
export function spaceStyleOf(params: readonly Param[], otherwise: SpaceStyle): SpaceStyle {
  const text = params.map(({ raw }) => raw).join('&')
  if (text.includes('+')) return '+'
  return text.includes('%20') ? '%20' : otherwise
}

/** One value for a query or a form. */
export function encodePart(text: string, space: SpaceStyle): string {
  return (
    text
      .toWellFormed()
      // What URL parsers leave alone in a query, but for signs that mean something there.
      .replace(/[^\w.~!*(),;:@/?$[\]{}|=-]/gu, (char) =>
        char === ' ' ? space : char === "'" ? '%27' : encodeURIComponent(char),
      )
  )
}

function cut(raw: string): readonly [name: string, value: string | undefined] {
  const at = raw.indexOf('=')
  return at === -1 ? [raw, undefined] : [raw.slice(0, at), raw.slice(at + 1)]
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '))
  } catch {
    // Not UTF-8, or not encoded at all.
    return part
  }
}

function isDecodable(part: string): boolean {
  return decode(part) !== part || !part.includes('%')
}

function encode(text: string, before: string, space: SpaceStyle, separators: RegExp): string {
  // Who sees the encoding itself writes it, too.
  if (!isDecodable(before)) return text.replace(separators, encodeURIComponent).replaceAll(' ', space)
  return encodePart(text, space).replace(separators, encodeURIComponent)
}
