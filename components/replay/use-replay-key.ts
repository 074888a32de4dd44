import type { Signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { takesText } from '../panel/KeySheet.tsx'
import type { TabName } from '../panel/panel-state.ts'

/** `R` opens the request editor, wherever the focus is outside of a text field. */
export function useReplayKey(tab: Signal<TabName>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'r' || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
      if (event.defaultPrevented || takesText(event.target) || document.querySelector('dialog[open]') !== null) return
      event.preventDefault()
      event.stopPropagation()
      tab.value = 'Replay'
      // Drawn by then.
      requestAnimationFrame(() => document.querySelector<HTMLElement>('.replay-view .url-field')?.focus())
    }
    window.addEventListener('keydown', onKeyDown, true)
    return () => window.removeEventListener('keydown', onKeyDown, true)
  }, [tab])
}
