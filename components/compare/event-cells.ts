/** What the two sides of a row of the event comparison show. */
import type { Comparable } from '../../lib/compare/comparable.ts'
import type { DiffKind } from '../../lib/compare/diff-rows.ts'
import { msg } from '../../lib/i18n/translate.ts'
import type { Entry } from '../../lib/session/types.ts'
import { toOneLine } from '../parts/format.ts'

/** As much of what is the same is kept before and after what is not. */
const CONTEXT_LENGTH = 18
const SHOWN_LENGTH = 300

/** Each in two signs, so that colour is not needed; and a word for each, a message. */
export const KIND_LOOK: Readonly<Record<DiffKind, readonly [sign: string, word: string]>> = {
  same: ['=', msg('the same')],
  changed: ['≠', msg('changed')],
  'only first': ['−', msg('only in the first')],
  'only second': ['+', msg('only in the second')],
}

/** A text with the part that differs from the other one. */
export interface Cut {
  readonly before: string
  readonly differs: string
  readonly after: string
}

/** What is compared of two events, each cut to where it differs from the other; null where that is only their types. */
export function cutToDifference(a: Entry, b: Entry, comparable: Comparable): readonly [Cut, Cut] | null {
  const [left, right] = [comparable(a.data), comparable(b.data)]
  if (left === right) return null
  const from = sameUntil(left, right)
  const most = Math.min(left.length, right.length) - from
  let same = 0
  while (same < most && left[left.length - 1 - same] === right[right.length - 1 - same]) same += 1
  return [cut(left, from, left.length - same), cut(right, from, right.length - same)]
}

/** An event on its own, cut to where it differs from the one beside it in its stream: there is what it brought. */
export function cutToNews(entry: Entry, beside: Entry | null, comparable: Comparable): Cut {
  const text = comparable(entry.data)
  const from = beside === null ? 0 : sameUntil(text, comparable(beside.data))
  // The same again: all of it is as new as any part.
  return cut(text, from >= text.length ? 0 : from, from >= text.length ? 0 : from)
}

function sameUntil(left: string, right: string): number {
  const least = Math.min(left.length, right.length)
  let from = 0
  while (from < least && left[from] === right[from]) from += 1
  return from
}

function cut(text: string, from: number, to: number): Cut {
  const start = Math.max(0, from - CONTEXT_LENGTH)
  const end = Math.min(text.length, to + SHOWN_LENGTH)
  return {
    before: `${start > 0 ? '…' : ''}${toOneLine(text.slice(start, from))}`,
    differs: toOneLine(text.slice(from, to), SHOWN_LENGTH),
    after: toOneLine(text.slice(to, end)),
  }
}
