import { useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { keyAreas } from './keys.ts'

const AREAS = keyAreas(/Mac/.test(navigator.userAgent) ? '⌘' : 'Ctrl')

/** Toolbar: what the keys do. `?` opens it, too, wherever the focus is outside of a text field. */
export function KeySheet() {
  const isOpen = useSignal(false)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (takesText(event.target) || document.querySelector('dialog[open]') !== null) return
      event.preventDefault()
      // DevTools has a sheet of its own for this key.
      event.stopPropagation()
      isOpen.value = true
    }
    window.addEventListener('keydown', onKeyDown, true)
    return () => window.removeEventListener('keydown', onKeyDown, true)
  }, [])
  useLayoutEffect(() => {
    if (isOpen.value && dialog.current?.open === false) dialog.current.showModal()
  }, [isOpen.value])
  return (
    <>
      <button
        type="button"
        class="icon-button"
        aria-label="Keys"
        aria-haspopup="dialog"
        aria-keyshortcuts="?"
        title="Keys (?)"
        onClick={() => (isOpen.value = true)}
      >
        <span aria-hidden="true">?</span>
      </button>
      {isOpen.value && (
        <dialog
          ref={dialog}
          class="key-sheet"
          aria-label="Keys"
          onClose={() => (isOpen.value = false)}
          onKeyDown={(event) => {
            // DevTools would open its drawer.
            if (event.key === 'Escape') event.stopPropagation()
          }}
        >
          <form method="dialog" class="key-sheet-head">
            <h2>Keys</h2>
            <button type="submit" class="text-button">
              Close
            </button>
          </form>
          {/* Scrolls, and so must take the focus. */}
          <div class="key-areas" role="group" aria-label="Keys by area" tabIndex={0}>
            {AREAS.map(({ name, lines }) => (
              <section key={name}>
                <h3>{name}</h3>
                <dl>
                  {lines.map(({ keys, does }) => (
                    <div key={does}>
                      <dt>
                        {keys.map((key) => (
                          <kbd key={key}>{key}</kbd>
                        ))}
                      </dt>
                      <dd>{does}</dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </dialog>
      )}
    </>
  )
}

const WITHOUT_TEXT: ReadonlySet<string> = new Set(['button', 'checkbox', 'radio', 'range', 'reset', 'submit'])

function takesText(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !WITHOUT_TEXT.has(target.type)
  return target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName))
}
