/** A URL as text and as a table of its query, always in step: the text is made of the table's pieces. */
import { encodePart, joinParams, type Param, parseParams } from './params.ts'
import { fillIn, type Filled, type Variables } from './variables.ts'

export interface UrlParts {
  /** All before the query. */
  readonly base: string
  readonly params: readonly Param[]
  /** With its `#`; empty for none. */
  readonly hash: string
}

/** Any text has parts; joined again they are that text. `before`: what it was, for rows that are switched off. */
export function splitUrl(text: string, before: readonly Param[] = []): UrlParts {
  const hashAt = text.indexOf('#')
  const hash = hashAt === -1 ? '' : text.slice(hashAt)
  const withoutHash = hashAt === -1 ? text : text.slice(0, hashAt)
  const queryAt = withoutHash.indexOf('?')
  if (queryAt === -1) return { base: withoutHash, params: before.filter(({ on }) => !on), hash }
  return { base: withoutHash.slice(0, queryAt), params: parseParams(withoutHash.slice(queryAt + 1), before), hash }
}

export function joinUrl({ base, params, hash }: UrlParts): string {
  const isEmpty = params.every(({ on }) => !on)
  return `${base}${isEmpty ? '' : `?${joinParams(params)}`}${hash}`
}

/** Values of variables are encoded in the query, and stand as they are before it: there a variable may be a whole origin. */
export function fillUrl(url: UrlParts, variables: Variables): Filled {
  const base = fillIn(url.base, variables)
  const rest = fillIn(joinUrl({ ...url, base: '' }), variables, (value) =>
    encodePart(value, '%20').replace(/[&=]/g, encodeURIComponent),
  )
  return { text: base.text + rest.text, missing: [...base.missing, ...rest.missing] }
}
