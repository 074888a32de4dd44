import type { Signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../../lib/i18n/translate.ts'

interface SheetDialogProps {
  /** What it is called, as a title and for screen readers. */
  readonly title: string
  readonly class: string
  /** Opens and closes it. */
  readonly isOpen: Signal<boolean>
  readonly children: ComponentChildren
}

/** A dialog over the whole panel: a title, a way out, and what may be longer than the panel is high. */
export function SheetDialog({ title, class: name, isOpen, children }: SheetDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    if (isOpen.value && dialog.current?.open === false) dialog.current.showModal()
  }, [isOpen.value])
  if (!isOpen.value) return null
  return (
    <dialog
      ref={dialog}
      class={`sheet ${name}`}
      aria-label={title}
      onClose={() => (isOpen.value = false)}
      onKeyDown={(event) => {
        // DevTools would open its drawer.
        if (event.key === 'Escape') event.stopPropagation()
      }}
    >
      <form method="dialog" class="sheet-head">
        <h2>{title}</h2>
        <button type="submit" class="text-button">
          {t('Close')}
        </button>
      </form>
      {/* Scrolls, and so must take the focus. */}
      <div class="sheet-body" role="group" aria-label={title} tabIndex={0}>
        {children}
      </div>
    </dialog>
  )
}
