/** Canvases with one point for each of the screen's, whatever the zoom. */
import { type ReadonlySignal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Size } from '../parts/use-size.ts'

/** All canvases write in this. Set once: a browser works out the styles of the whole document each time. */
const LABEL_FONT = "10px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"
const withFont = new WeakSet<CanvasRenderingContext2D>()

/** `devicePixelRatio`, kept up to date when the user zooms or moves the window to another screen. */
export function usePixelRatio(): ReadonlySignal<number> {
  const ratio = useSignal(devicePixelRatio)
  const { value } = ratio
  useEffect(() => {
    // A query names one ratio: a new one is needed after each change.
    const query = matchMedia(`(resolution: ${value}dppx)`)
    const update = () => (ratio.value = devicePixelRatio)
    query.addEventListener('change', update)
    return () => query.removeEventListener('change', update)
  }, [value])
  return ratio
}

/** Fits the canvas to its place; the context measures in CSS pixels. Null where a canvas cannot be drawn on. `cleared` when it had to be made anew, and so is empty. */
export function openCanvas(
  canvas: HTMLCanvasElement | null,
  { width, height }: Size,
  pixelRatio: number,
): { readonly context: CanvasRenderingContext2D; readonly cleared: boolean } | null {
  const context = canvas?.getContext('2d') ?? null
  if (canvas === null || context === null || width === 0 || height === 0) return null
  const [across, down] = [Math.round(width * pixelRatio), Math.round(height * pixelRatio)]
  const cleared = canvas.width !== across || canvas.height !== down
  if (cleared) {
    canvas.width = across
    canvas.height = down
  }
  // A new size takes all settings back.
  if (cleared || !withFont.has(context)) context.font = LABEL_FONT
  withFont.add(context)
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0)
  return { context, cleared }
}
