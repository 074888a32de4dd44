/** What the form says is sent, with variables filled in, and what is wrong in the form itself. */
import { toBase64, toUtf8 } from '../../export/body.ts'
import { msg, t, tn, type Values } from '../../i18n/translate.ts'
import type { HeaderPair } from '../../protocol.ts'
import type { ReplayPlan, SendableBody, SendableEntry } from '../replay.ts'
import { findJsonMistake } from './json-check.ts'
import { headerIn, type Part, type ReplayForm } from './form.ts'
import { encodePart, joinParams, spaceStyleOf } from './params.ts'
import { fillUrl, joinUrl } from './url.ts'
import { fillIn, fillJson, type Filled, type Variables } from './variables.ts'

/** Where in the form something is. */
export type Place =
  | 'method'
  | 'url'
  | 'headers'
  | 'body'
  | 'credentials'
  | 'mode'
  | 'redirect'
  | 'referrer'
  | 'timeoutMs'
  | 'stopEvents'
  | 'stopMs'
  | 'times'
  | 'atOnce'
  | 'way'
  | 'as'
  | `header ${number}`
  | `part ${number}`

/** What is wrong at a place of the form; a message with its values. */
export interface FormProblem {
  readonly place: Place
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly values?: Values
  /** Sending as the extension would do it. */
  readonly wayOn?: 'extension'
}

export interface Planned {
  readonly plan: ReplayPlan
  /** What a replayer does not see: mistakes in figures, variables without a value. */
  readonly problems: readonly FormProblem[]
  /** Ids of the rows that became `plan.request.headers`, null for one that was added, and of a form's entries. */
  readonly headerIds: readonly (number | null)[]
  readonly partIds: readonly number[]
}

export function toPlan(form: ReplayForm, variables: Variables, originalKey: string | null): Planned {
  const problems: FormProblem[] = []
  const fill = (place: Place, text: string, how: (text: string, variables: Variables) => Filled = fillIn): string => {
    if (!form.usesVariables) return text
    const filled = how(text, variables)
    problems.push(...missingVariables(place, filled.missing))
    return filled.text
  }
  const rows = form.headers.filter(({ on }) => on)
  const headers = rows.map(({ id, name, value }): HeaderPair => [
    fill(`header ${id}`, name),
    fill(`header ${id}`, value),
  ])
  const added = addedHeaders(form)
  const parts = form.body.kind === 'multipart' ? form.body.parts.filter(({ on }) => on) : []
  const body = toSendableBody(form, parts, fill)
  const figure = (place: 'timeoutMs' | 'stopEvents' | 'stopMs' | 'times' | 'atOnce'): number | null => {
    const text = form[place].trim()
    if (text === '') return null
    if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
    problems.push({ place, severity: 'error', message: msg('A whole number from 1 on, or nothing.') })
    return null
  }
  const plan: ReplayPlan = {
    request: {
      method: fill('method', form.method.trim()),
      url: fill('url', joinUrl(form.url), () => fillUrl(form.url, variables)),
      headers: [...headers, ...added],
      body,
      credentials: form.credentials,
      mode: form.mode,
      redirect: form.redirect,
      cache: form.cache,
      referrer: form.referrer,
      referrerPolicy: form.referrerPolicy,
      timeoutMs: figure('timeoutMs'),
    },
    way: form.way,
    as: form.as,
    stopAfter: { events: figure('stopEvents'), ms: figure('stopMs') },
    repeat: { times: figure('times') ?? 1, atOnce: figure('atOnce') ?? 1 },
    originalKey,
  }
  return {
    plan,
    problems: [...problems, ...jsonProblems(form), ...typeProblems(form, headers)],
    headerIds: [...rows.map(({ id }) => id), ...added.map(() => null)],
    partIds: parts.map(({ id }) => id),
  }
}

type Fill = (place: Place, text: string, how?: (text: string, variables: Variables) => Filled) => string

function toSendableBody({ body }: ReplayForm, parts: readonly Part[], fill: Fill): SendableBody {
  if (body.missing !== '') return { kind: 'missing', why: t(body.missing) }
  switch (body.kind) {
    case 'none':
      return { kind: 'none' }
    case 'json':
    case 'text':
      return toText(fill('body', body.text, body.kind === 'json' ? fillJson : fillIn), body.untyped)
    case 'urlencoded': {
      const space = spaceStyleOf(body.params, '+')
      const write = (value: string) => encodePart(value, space).replace(/[&=]/g, encodeURIComponent)
      return toText(
        fill('body', joinParams(body.params), (text, variables) => fillIn(text, variables, write)),
        body.untyped,
      )
    }
    case 'multipart':
      return { kind: 'form', entries: parts.map((part) => toEntry(part, fill)) }
    case 'file':
      if (body.file === null) return { kind: 'missing', why: t('Choose the file whose bytes are to be sent.') }
      return { kind: 'bytes', base64: body.file.base64, type: body.file.type }
    default:
      return body.kind satisfies never
  }
}

function toText(text: string, untyped: boolean): SendableBody {
  return untyped ? { kind: 'bytes', base64: toBase64(toUtf8(text)), type: '' } : { kind: 'text', text }
}

function toEntry(part: Part, fill: Fill): SendableEntry {
  const place = `part ${part.id}` as const
  const name = fill(place, part.name)
  if (part.kind === 'text') return { name, value: fill(place, part.value) }
  return { name, fileName: fill(place, part.fileName), type: part.type, base64: part.file?.base64 ?? null }
}

/** The kinds that a browser would call text/plain. */
function addedHeaders({ body, headers }: ReplayForm): readonly HeaderPair[] {
  if (body.untyped || body.missing !== '' || headerIn(headers, 'content-type') !== null) return []
  if (body.kind === 'json') return [['Content-Type', 'application/json']]
  return body.kind === 'urlencoded' ? [['Content-Type', 'application/x-www-form-urlencoded;charset=UTF-8']] : []
}

function missingVariables(place: Place, names: readonly string[]): readonly FormProblem[] {
  return [...new Set(names)].map((name) => ({
    place,
    severity: 'error',
    message: msg('The variable {name} has no value: give it one under Variables.'),
    values: { name },
  }))
}

/** It may be what is to be tried out: it can be sent. */
function jsonProblems({ body }: ReplayForm): readonly FormProblem[] {
  const mistake = body.kind === 'json' ? findJsonMistake(body.text) : null
  if (mistake === null) return []
  const lines = body.text.slice(0, mistake.from).split('\n')
  return [
    {
      place: 'body',
      severity: 'warning',
      message: msg('Line {line}, column {column}: {what} It is sent as it is.'),
      values: { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, what: mistake.text },
    },
  ]
}

function typeProblems({ body }: ReplayForm, headers: readonly HeaderPair[]): readonly FormProblem[] {
  const isTyped = headers.some(([name]) => name.toLowerCase() === 'content-type')
  if (body.kind !== 'multipart' || !isTyped) return []
  return [
    {
      place: 'headers',
      severity: 'warning',
      message: msg('The browser chooses the boundary of a form: without its Content-Type servers cannot read it.'),
    },
  ]
}

/** How many files still have to be chosen, in a sentence; empty for none. */
export function filesMissing({ body }: ReplayForm): string {
  if (body.kind !== 'multipart') return ''
  const count = body.parts.filter((part) => part.on && part.kind === 'file' && part.file === null).length
  return count === 0 ? '' : tn(count, '{n} file has to be chosen again.', '{n} files have to be chosen again.')
}
