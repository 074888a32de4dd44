/** The text of one connection, in segments that can be put away one by one when the session holds too much. */
import { lastIndexWhere } from '../../binary-search.ts'
import { toOwnText } from '../columns.ts'
import type { Segment, TextKeeper } from './text-keeper.ts'

/** Characters after which a segment is closed: few enough to be read again soon, many enough to be few. */
export const SEGMENT_LENGTH = 128 * 1024
/** Characters of the beginning and of the end that stay, whatever becomes of the rest: what is judged again goes by them. */
export const KEPT_LENGTH = 200
/** Segments that are read from the storage together: who wants one wants its neighbours next. */
const BROUGHT_TOGETHER = 8

/** Where a text is that cannot be read at once: in the browser's storage, or nowhere any more. */
export type Away = 'stored' | 'dropped'

export interface TextStore {
  /** UTF-16 units of all that was appended, wherever it is now. */
  readonly length: number
  append(text: string): void
  /** Nothing before `offset` is waited for any more: those who read along are past it. */
  settle(offset: number): void
  /** Nothing more is to come, for now: all of it may be put away. */
  close(): void
  /** The part from `from` to `to`; empty if any of it is away, but for the first and last `KEPT_LENGTH` characters. */
  text(from: number, to: number): string
  /** Null for a part that can be read at once. */
  awayOf(from: number, to: number): Away | null
  /** The first place at or after `from` from which on a text can be read, or cannot: up to it all is as at `from`. */
  sameUntil(from: number): number
  /** Reads a stored part, and some around it, from the storage; it can then be read at once for a while. */
  bring(from: number, to: number): Promise<void>
  /** Nobody will look at it again. */
  release(): void
}

export interface TextHooks {
  /** Text up to `to` is put away after this call. */
  readonly leaving?: (to: number) => void
  /** A text went, came or was lost. */
  readonly moved?: (() => void) | undefined
}

export function createTextStore(keeper: TextKeeper, { leaving, moved }: TextHooks = {}): TextStore {
  const segments: Segment[] = []
  /** The last segment while it grows: texts as they came, and where each begins. */
  let parts: string[] = []
  let starts: number[] = []
  let openFrom = 0
  let length = 0
  let settled = 0
  let keptStart = ''
  /** Of all text, once its last segment has been put away. */
  let keptEnd = ''
  /** Where the last part was cut out: the next is mostly in the same segment. */
  let lastCut = 0

  function closeSegment(): void {
    if (parts.length === 0) return
    const [first = ''] = parts
    const segment: Segment = {
      from: openFrom,
      to: length,
      text: parts.length === 1 ? first : parts.join(''),
      away: null,
      key: null,
      reading: null,
      isSettled: () => segment.to <= settled,
      leave() {
        leaving?.(segment.to)
        if (segment.to === length) keptEnd = toOwnText((segment.text ?? '').slice(-KEPT_LENGTH))
      },
      moved: () => moved?.(),
    }
    segments.push(segment)
    parts = []
    starts = []
    keeper.grow(openFrom - length)
    openFrom = length
    keeper.hold(segment)
  }

  function cutKept(from: number, to: number): string {
    if (to <= keptStart.length) return keptStart.slice(from, to)
    const endFrom = length - keptEnd.length
    return from >= endFrom ? keptEnd.slice(from - endFrom, to - endFrom) : ''
  }

  function segmentAt(offset: number): number {
    const last = segments[lastCut]
    if (last !== undefined && last.from <= offset && offset < last.to) return lastCut
    lastCut = Math.max(
      0,
      lastIndexWhere(segments.length, (index) => (segments[index]?.from ?? 0) <= offset),
    )
    return lastCut
  }

  function cutOpen(from: number, to: number): string {
    let index = Math.max(
      0,
      lastIndexWhere(starts.length, (at) => (starts[at] ?? 0) <= from),
    )
    const first = parts[index] ?? ''
    const start = starts[index] ?? 0
    if (to - start <= first.length) return first.slice(from - start, to - start)
    const found: string[] = []
    for (; index < parts.length && (starts[index] ?? 0) < to; index += 1) {
      const offset = starts[index] ?? 0
      found.push((parts[index] ?? '').slice(Math.max(from - offset, 0), to - offset))
    }
    return found.join('')
  }

  function cut(from: number, to: number): string {
    if (from >= openFrom) return cutOpen(from, to)
    const cuts: string[] = []
    for (let index = segmentAt(from); index < segments.length; index += 1) {
      const segment = segments[index]
      if (segment === undefined || segment.from >= to) break
      if (segment.text === null) return cutKept(from, to)
      if (segment.from <= from && to <= segment.to) return segment.text.slice(from - segment.from, to - segment.from)
      cuts.push(segment.text.slice(Math.max(from - segment.from, 0), to - segment.from))
    }
    if (to > openFrom) cuts.push(cutOpen(openFrom, to))
    return cuts.join('')
  }

  const isHere = (segment: Segment | undefined): boolean => segment === undefined || segment.text !== null

  return {
    get length() {
      return length
    },
    append(text) {
      if (text === '') return
      if (keptStart.length < KEPT_LENGTH) keptStart += toOwnText(text.slice(0, KEPT_LENGTH - keptStart.length))
      keptEnd = ''
      parts.push(text)
      starts.push(length)
      length += text.length
      keeper.grow(text.length)
      if (length - openFrom >= SEGMENT_LENGTH) closeSegment()
    },
    settle(offset) {
      settled = Math.max(settled, offset)
    },
    close() {
      // A text far shorter than the one that it is a part of would keep all of that.
      if (parts.length === 1) parts = parts.map(toOwnText)
      closeSegment()
      settled = length
      keeper.keepBound()
    },
    text(from, to) {
      const end = Math.min(to, length)
      return end <= from ? '' : cut(Math.max(from, 0), end)
    },
    awayOf(from, to) {
      let found: Away | null = null
      if (from >= openFrom || to <= from) return found
      for (let index = segmentAt(from); index < segments.length; index += 1) {
        const segment = segments[index]
        if (segment === undefined || segment.from >= to) break
        if (segment.text !== null) continue
        if (segment.away === 'dropped') return 'dropped'
        found = 'stored'
      }
      return found
    },
    sameUntil(from) {
      if (from >= openFrom) return length
      let index = segmentAt(from)
      const first = segments[index]
      while (index < segments.length) {
        const segment = segments[index]
        if (isHere(segment) !== isHere(first) || (!isHere(segment) && segment?.away !== first?.away)) break
        index += 1
      }
      return index < segments.length ? (segments[index]?.from ?? length) : isHere(first) ? length : openFrom
    },
    async bring(from, to) {
      if (from >= openFrom) return
      const first = segmentAt(from) - (segmentAt(from) % BROUGHT_TOGETHER)
      const last = segmentAt(Math.max(from, to - 1))
      const wanted = segments.slice(first, last - (last % BROUGHT_TOGETHER) + BROUGHT_TOGETHER)
      await keeper.bring(wanted.filter((segment) => !isHere(segment) && segment.away === 'stored'))
    },
    release() {
      keeper.release(segments)
      keeper.grow(openFrom - length)
      segments.length = 0
      parts = []
      starts = []
      openFrom = length
    },
  }
}
