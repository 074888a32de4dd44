import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/** Draws the component again in the next frame while `more` is true: for work that is done in steps. */
export function useNextFrame(more: boolean): void {
  const frame = useSignal(0)
  const { value } = frame
  useEffect(() => {
    if (!more) return
    const request = requestAnimationFrame(() => (frame.value = value + 1))
    return () => cancelAnimationFrame(request)
  }, [more, value])
}
