import type { Signal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { CopyFormat } from '../../lib/export/copy-as.ts'
import type { ReplayRequest } from '../../lib/replay/request.ts'
import { t } from '../../lib/i18n/translate.ts'

interface CopyAsMenuProps {
  readonly request: ReplayRequest
  /** What must be known about it, in the user's language. */
  readonly notes: readonly string[]
  readonly formats: readonly CopyFormat[]
  readonly withSecrets: Signal<boolean>
  readonly withWire: Signal<boolean>
  readonly onChoose: (format: CopyFormat) => void
}

/** What there is to copy as, and what must be known about it; arrow keys, Home and End move, Enter chooses. */
export function CopyAsMenu({ request, notes, formats, withSecrets, withWire, onChoose }: CopyAsMenuProps) {
  const root = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => itemsOf(root.current)[0]?.focus(), [])
  return (
    <>
      <div ref={root} role="menu" aria-label={t('Copy as')} onKeyDown={onKeyDown}>
        {formats.map((format) => {
          const whyNot = format.whyNot?.(request) ?? ''
          return (
            <button
              key={format.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              {...(whyNot !== '' && { 'aria-disabled': true })}
              onClick={() => whyNot === '' && onChoose(format)}
            >
              {t(format.label)}
              {whyNot !== '' && <span class="quiet"> ({whyNot})</span>}
            </button>
          )
        })}
        <div class="copy-as-choices">
          <Check label={t('With secrets')} checked={withSecrets} />
          {request.wireHeaders !== null && (
            <Check label={t('With headers that the browser added')} checked={withWire} />
          )}
        </div>
      </div>
      {notes.length > 0 && (
        <ul class="sentences copy-as-notes">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  )
}

function Check({ label, checked }: { readonly label: string; readonly checked: Signal<boolean> }) {
  return (
    <label class="check">
      <input
        type="checkbox"
        role="menuitemcheckbox"
        tabIndex={-1}
        checked={checked.value}
        onChange={(event) => (checked.value = event.currentTarget.checked)}
      />
      {label}
    </label>
  )
}

function itemsOf(menu: HTMLElement | null): readonly HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])]
}

function onKeyDown(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const items = itemsOf(event.currentTarget)
  const at = items.findIndex((item) => item === document.activeElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key]
  if (to !== undefined) {
    event.preventDefault()
    // The panel's own keys are not meant.
    event.stopPropagation()
    items[(to + items.length) % items.length]?.focus()
  } else if (event.key === 'Enter' && items[at] instanceof HTMLInputElement) {
    event.preventDefault()
    items[at].click()
  }
}
