import type { RefObject } from 'preact'
import { useLayoutEffect } from 'preact/hooks'
import type { Connection } from '../../lib/session/types.ts'
import type { PanelState } from '../panel/panel-state.ts'

/** Brings a header of the Request or Response tab into view and puts the focus on it, when `goTo` asked for it. */
export function useHeaderReveal(root: RefObject<HTMLElement | null>, connection: Connection, state: PanelState): void {
  const target = state.target.value
  useLayoutEffect(() => {
    if (target === null || target.key !== connection.key) return
    const { place } = target
    if (place.at !== 'request header' && place.at !== 'response header') return
    state.target.value = null
    const wanted = place.name.toLowerCase()
    const names = [...(root.current?.querySelectorAll<HTMLElement>('[role=tabpanel] .fields th') ?? [])]
    const row = names.find((name) => name.textContent?.trim().toLowerCase() === wanted)?.closest('tr')
    if (row === undefined || row === null) return
    // It may stand in a part that was folded.
    for (const folded of parentsOf(row)) folded.open = true
    row.tabIndex = -1
    const scroller = row.closest('.scroll')
    // scrollIntoView would also move what is not meant to scroll.
    if (scroller !== null) scroller.scrollTop += row.getBoundingClientRect().top - middleOf(scroller)
    row.focus({ preventScroll: true })
  }, [target])
}

function middleOf(element: Element): number {
  const { top, height } = element.getBoundingClientRect()
  return top + height / 2
}

function parentsOf(element: Element): readonly HTMLDetailsElement[] {
  const found = element.parentElement?.closest('details') ?? null
  return found === null ? [] : [found, ...parentsOf(found)]
}
