import type { ComponentChildren } from 'preact'
import { useId, useRef } from 'preact/hooks'

interface TabsProps<Name extends string> {
  readonly label: string
  readonly names: readonly Name[]
  readonly chosen: Name
  readonly onChoose: (name: Name) => void
  readonly children: ComponentChildren
}

/** A tab strip with the chosen tab's view under it; arrow keys, Home and End move between tabs. */
export function Tabs<Name extends string>({ label, names, chosen, onChoose, children }: TabsProps<Name>) {
  const id = useId()
  const strip = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const at = names.indexOf(chosen)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: names.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const index = (to + names.length) % names.length
    const name = names[index]
    if (name !== undefined) onChoose(name)
    const tab = strip.current?.children[index]
    if (tab instanceof HTMLElement) tab.focus()
  }
  return (
    <div class="tabs">
      <div ref={strip} class="tab-strip" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {names.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            aria-selected={name === chosen}
            aria-controls={`${id}-view`}
            tabIndex={name === chosen ? 0 : -1}
            onClick={() => onChoose(name)}
          >
            {name}
          </button>
        ))}
      </div>
      <div class="tab-view" role="tabpanel" id={`${id}-view`} aria-labelledby={`${id}-${chosen}`}>
        {children}
      </div>
    </div>
  )
}
