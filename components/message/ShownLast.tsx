import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { formatCount } from '../parts/format.ts'

/** More at once make drawing slow. */
const AT_ONCE = 200

interface ShownLastProps<One> {
  readonly all: readonly One[]
  readonly noun: string
  readonly render: (one: One, index: number) => ComponentChildren
}

/** The last things of a list that may be very long; the ones before them when asked for. */
export function ShownLast<One>({ all, noun, render }: ShownLastProps<One>) {
  const pages = useSignal(1)
  const hidden = Math.max(0, all.length - pages.value * AT_ONCE)
  return (
    <>
      {hidden > 0 && (
        <p class="quiet">
          {formatCount(hidden)} {noun} before these are not drawn.{' '}
          <button type="button" class="text-button" onClick={() => (pages.value += 1)}>
            Show {formatCount(Math.min(AT_ONCE, hidden))} more
          </button>
        </p>
      )}
      {all.slice(hidden).map((one, index) => render(one, hidden + index))}
    </>
  )
}
