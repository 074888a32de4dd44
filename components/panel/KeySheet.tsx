import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { SheetDialog } from '../parts/SheetDialog.tsx'
import { keyAreas } from './keys.ts'
import { t } from '../../lib/i18n/translate.ts'

const AREAS = keyAreas(/Mac/.test(navigator.userAgent) ? '⌘' : 'Ctrl')

/** Toolbar: what the keys do. `?` opens it, too, wherever the focus is outside of a text field. */
export function KeySheet() {
  const isOpen = useSignal(false)
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
  return (
    <>
      <button
        type="button"
        class="icon-button"
        aria-label={t('Keys')}
        aria-haspopup="dialog"
        aria-keyshortcuts="?"
        title={t('Keys (?)')}
        onClick={() => (isOpen.value = true)}
      >
        <span aria-hidden="true">?</span>
      </button>
      <SheetDialog title={t('Keys')} class="key-sheet" isOpen={isOpen}>
        {AREAS.map(({ name, lines }) => (
          <section key={name}>
            <h3>{t(name)}</h3>
            <dl>
              {lines.map(({ keys, does }) => (
                <div key={does}>
                  <dt>
                    {keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{t(does)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </SheetDialog>
    </>
  )
}

const WITHOUT_TEXT: ReadonlySet<string> = new Set(['button', 'checkbox', 'radio', 'range', 'reset', 'submit'])

/** Whether what has the focus takes what is typed. */
export function takesText(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !WITHOUT_TEXT.has(target.type)
  return target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName))
}
