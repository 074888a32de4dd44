import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../../lib/i18n/translate.ts'

interface TabsProps<Name extends string> {
  readonly label: string
  /** Messages. */
  readonly names: readonly Name[]
  readonly chosen: Name
  /** A short figure beside a name, and what it means. */
  readonly badges?: Partial<Record<Name, { readonly text: string; readonly title: string }>>
  readonly onChoose: (name: Name) => void
  readonly children: ComponentChildren
}

/** A tab strip with the chosen tab's view under it; arrow keys, Home and End move between tabs. */
export function Tabs<Name extends string>({ label, names, chosen, badges, onChoose, children }: TabsProps<Name>) {
  const id = useId()
  const strip = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const tab = strip.current?.querySelector<HTMLElement>('[aria-selected=true]')
    if (strip.current === null || tab === null || tab === undefined) return
    // In a narrow strip the chosen tab may be out of sight.
    const overRight = tab.offsetLeft + tab.offsetWidth - strip.current.offsetLeft - strip.current.clientWidth
    const atLeft = tab.offsetLeft - strip.current.offsetLeft
    strip.current.scrollLeft = Math.min(Math.max(strip.current.scrollLeft, overRight), atLeft)
  }, [chosen])
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
            {...(badges?.[name] !== undefined && { title: badges[name].title, 'aria-description': badges[name].title })}
          >
            {t(name)}
            {badges?.[name] !== undefined && (
              <span class="badge" aria-hidden="true">
                {badges[name].text}
              </span>
            )}
          </button>
        ))}
      </div>
      <div class="tab-view" role="tabpanel" id={`${id}-view`} aria-labelledby={`${id}-${chosen}`}>
        {children}
      </div>
    </div>
  )
}
