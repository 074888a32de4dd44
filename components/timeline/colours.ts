/** The theme's colours for canvases, which do not understand custom properties. */
import { type ReadonlySignal, useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect } from 'preact/hooks'

const NAMES = [
  'ground',
  'ground-quiet',
  'ground-selected',
  'text',
  'text-quiet',
  'line',
  'line-quiet',
  'accent',
  'live',
  'good',
  'neutral',
  'warn',
  'bad',
] as const
type ColourName = (typeof NAMES)[number]

export type Colours = Readonly<Record<ColourName, string>>

/** As the browser resolves them now: `light-dark()` gives one colour only on an element. */
function readColours(): Colours {
  const probe = document.createElement('span')
  probe.hidden = true
  document.body.append(probe)
  const colours = Object.fromEntries(
    NAMES.map((name) => {
      probe.style.color = `var(--${name})`
      return [name, getComputedStyle(probe).color]
    }),
  )
  probe.remove()
  return colours as Colours
}

/** Read again whenever the theme changes. */
export function useColours(): ReadonlySignal<Colours | null> {
  const colours = useSignal<Colours | null>(null)
  const read = () => (colours.value = readColours())
  useLayoutEffect(() => void read(), [])
  useEffect(() => {
    const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)', '(prefers-contrast: more)'].map(
      (query) => matchMedia(query),
    )
    for (const query of queries) query.addEventListener('change', read)
    const observer = new MutationObserver(read)
    observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'class', 'style'] })
    return () => {
      for (const query of queries) query.removeEventListener('change', read)
      observer.disconnect()
    }
  }, [])
  return colours
}
