import { useRef } from 'preact/hooks'

/** A popover beside its button: under it, or above it where there is more room, and inside of the panel. */
export function useMenuPlace() {
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const onToggle = (event: { readonly newState: string }) => {
    if (event.newState !== 'open' || button.current === null || menu.current === null) return
    const { left, top, bottom } = button.current.getBoundingClientRect()
    const isAbove = top > innerHeight - bottom
    const { style, offsetWidth } = menu.current
    const fromLeft = Math.max(6, Math.min(left, innerWidth - offsetWidth - 6))
    style.inset = isAbove ? `auto auto ${innerHeight - top}px ${fromLeft}px` : `${bottom}px auto auto ${fromLeft}px`
    style.maxHeight = `${(isAbove ? top : innerHeight - bottom) - 6}px`
  }
  return { button, menu, onToggle }
}
