import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { msg, t } from '../../lib/i18n/translate.ts'
import { formatCount } from '../parts/format.ts'

/** More at once make drawing slow. */
const AT_ONCE = 200

const LEFT_OUT = {
  parts: {
    before: msg('{n} parts before these are not drawn.'),
    after: msg('{n} parts after these are not drawn.'),
  },
  messages: {
    before: msg('{n} messages before these are not drawn.'),
    after: msg('{n} messages after these are not drawn.'),
  },
} as const

interface ShownLastProps<One> {
  readonly all: readonly One[]
  readonly noun: keyof typeof LEFT_OUT
  /** Index of the one that must be drawn. It is asked for once: the user may go elsewhere then. */
  readonly shown: number | null
  readonly render: (one: One, index: number) => ComponentChildren
}

/** What is drawn: `count` things before `end`; null for the end of a list that may grow. */
interface Stretch {
  readonly count: number
  readonly end: number | null
}
const LAST: Stretch = { count: AT_ONCE, end: null }

/** The last things of a list that may be very long, or those around one that must be shown; others when asked for. */
export function ShownLast<One>({ all, noun, shown, render }: ShownLastProps<One>) {
  const stretch = useSignal(LAST)
  const asked = useRef<number | null>(null)
  if (asked.current !== shown) {
    asked.current = shown
    if (shown !== null && !isWithin(stretch.peek(), shown, all.length)) stretch.value = around(shown, all.length)
  }
  const { count, end } = stretch.value
  const to = end ?? all.length
  const from = Math.max(0, to - count)
  const after = all.length - to
  return (
    <>
      {from > 0 && (
        <p class="quiet">
          {t(LEFT_OUT[noun].before, { n: formatCount(from) })}{' '}
          <button type="button" class="text-button" onClick={() => (stretch.value = { count: count + AT_ONCE, end })}>
            {t('Show {n} more', { n: formatCount(Math.min(AT_ONCE, from)) })}
          </button>
        </p>
      )}
      {all.slice(from, to).map((one, index) => render(one, from + index))}
      {after > 0 && (
        <p class="quiet">
          {t(LEFT_OUT[noun].after, { n: formatCount(after) })}{' '}
          <button type="button" class="text-button" onClick={() => (stretch.value = LAST)}>
            {t('Show the last')}
          </button>
        </p>
      )}
    </>
  )
}

function isWithin({ count, end }: Stretch, index: number, length: number): boolean {
  const to = end ?? length
  return index >= to - count && index < to
}

function around(index: number, length: number): Stretch {
  const end = Math.max(AT_ONCE, index + AT_ONCE / 2)
  return { count: AT_ONCE, end: end >= length ? null : end }
}
