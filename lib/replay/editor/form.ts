/** What the request editor edits. Plain data that is never changed in place, so that undo is to take an earlier one. */
import type { HeaderPair } from '../../protocol.ts'
import type { ReplayWay, SendableRequest } from '../replay.ts'
import { newId, type Param } from './params.ts'
import type { UrlParts } from './url.ts'

export interface HeaderRow {
  readonly id: number
  readonly name: string
  readonly value: string
  /** Off: it stays in the table and is not sent. */
  readonly on: boolean
}

/** A file as it was chosen, or bytes that were recorded or pasted (without a name). */
export interface ChosenFile {
  readonly name: string
  /** Media type; may be empty. */
  readonly type: string
  readonly base64: string
  readonly sizeBytes: number
}

/** An entry of a multipart form. */
export type Part = { readonly id: number; readonly name: string; readonly on: boolean } & (
  | { readonly kind: 'text'; readonly value: string }
  | {
      readonly kind: 'file'
      /** What the request calls it. */
      readonly fileName: string
      readonly type: string
      /** Null: it has to be chosen (again). */
      readonly file: ChosenFile | null
    }
)

export const BODY_KINDS = ['none', 'json', 'text', 'urlencoded', 'multipart', 'file'] as const
export type BodyKind = (typeof BODY_KINDS)[number]

/** Every kind keeps what it has, so that trying another loses nothing. */
export interface BodyForm {
  readonly kind: BodyKind
  /** Of `json` and `text`. */
  readonly text: string
  /** The text goes out as bytes: the browser is to name no type for it by itself. */
  readonly untyped: boolean
  /** Of `urlencoded`. */
  readonly params: readonly Param[]
  /** Of `multipart`. */
  readonly parts: readonly Part[]
  /** Of `file`. */
  readonly file: ChosenFile | null
  /** What of the original's body was not recorded, until the user says what to send in its place; empty if nothing. */
  readonly missing: string
}

export interface ReplayForm {
  readonly method: string
  readonly url: UrlParts
  readonly headers: readonly HeaderRow[]
  readonly body: BodyForm
  readonly credentials: SendableRequest['credentials']
  readonly mode: SendableRequest['mode']
  readonly redirect: SendableRequest['redirect']
  readonly cache: SendableRequest['cache']
  readonly referrer: string
  readonly referrerPolicy: SendableRequest['referrerPolicy']
  /** Figures as they are typed; empty for none. */
  readonly timeoutMs: string
  readonly stopEvents: string
  readonly stopMs: string
  readonly times: string
  readonly atOnce: string
  readonly way: ReplayWay
  readonly as: 'fetch' | 'eventsource'
  /** Whether `{{name}}` stands for a variable. Off where the original has such text of its own. */
  readonly usesVariables: boolean
}

export const CREDENTIALS = ['same-origin', 'include', 'omit'] as const
export const MODES = ['cors', 'no-cors', 'same-origin'] as const
export const REDIRECTS = ['follow', 'error', 'manual'] as const
export const CACHES = ['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached'] as const

export const EMPTY_BODY: BodyForm = {
  kind: 'none',
  text: '',
  untyped: false,
  params: [],
  parts: [],
  file: null,
  missing: '',
}

export const toHeaderRow = ([name, value]: HeaderPair, on = true): HeaderRow => ({ id: newId(), name, value, on })

/** The form with other headers; `edit` gives null to take a row out. */
export function mapRows<Row extends { readonly id: number }>(
  rows: readonly Row[],
  id: number,
  edit: (row: Row) => Row | null,
): readonly Row[] {
  return rows.flatMap((row) => (row.id === id ? (edit(row) ?? []) : [row]))
}

/** Sets the header of that name, or adds it; others of the name go. `name` as it is to be written. */
export function withHeader(rows: readonly HeaderRow[], name: string, value: string): readonly HeaderRow[] {
  const isIt = (row: HeaderRow) => row.name.toLowerCase() === name.toLowerCase()
  const first = rows.find(isIt)
  if (first === undefined) return [...rows, toHeaderRow([name, value])]
  return rows
    .filter((row) => row === first || !isIt(row))
    .map((row) => (row === first ? { ...row, value, on: true } : row))
}

/** What an EventSource says by itself, a fetch in its place has to be told. */
export function withAs(form: ReplayForm, as: ReplayForm['as']): ReplayForm {
  if (as === form.as || as === 'eventsource') return { ...form, as }
  const accepts = headerIn(form.headers, 'accept') !== null
  const headers = accepts ? form.headers : withHeader(form.headers, 'Accept', 'text/event-stream')
  return { ...form, as, headers, cache: 'no-store' }
}

/** The value of the header that is on; null without. */
export function headerIn(rows: readonly HeaderRow[], name: string): string | null {
  return rows.find((row) => row.on && row.name.toLowerCase() === name)?.value ?? null
}
