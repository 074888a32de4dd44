import { type ReadonlySignal, useSignal } from '@preact/signals'
import { useId, useRef } from 'preact/hooks'
import { COPY_FORMATS, type CopyFormat } from '../../lib/export/copy-as.ts'
import type { Redaction } from '../../lib/export/redaction.ts'
import { toReplayNotes, toReplayRequest } from '../../lib/replay/request.ts'
import type { Connection } from '../../lib/session/types.ts'
import { t } from '../../lib/i18n/translate.ts'
import { copyText } from '../parts/clipboard.ts'
import { CopyAsMenu } from './CopyAsMenu.tsx'
import { useSaid } from '../parts/use-said.ts'

const SAID_MS = 2000

interface CopyAsProps {
  readonly connection: Connection
  readonly redaction: ReadonlySignal<Redaction>
}

/** Copies the request as something that sends it again elsewhere. */
export function CopyAs({ connection, redaction }: CopyAsProps) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const isOpen = useSignal(false)
  const withSecrets = useSignal(!redaction.value.on)
  const withWire = useSignal(true)
  const said = useSaid(SAID_MS)

  const onToggle = (isNowOpen: boolean) => {
    isOpen.value = isNowOpen
    // Each time anew as it is set.
    withSecrets.value = !redaction.value.on
    if (isNowOpen) placeUnder(button.current, menu.current)
  }
  const close = () => {
    menu.current?.hidePopover()
    button.current?.focus()
  }
  const copy = async (format: CopyFormat) => {
    const options = { withSecrets: withSecrets.value, withWire: withWire.value, secretNames: redaction.value.names }
    const bringing = format.bring?.(connection) ?? null
    if (bringing !== null) await bringing
    const done = copyText(format.make(connection, options))
    close()
    said.value = (await done) ? t('Copied as {format}', { format: t(format.label) }) : t('Copying was refused')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    // DevTools would open its drawer.
    event.stopPropagation()
    close()
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        class="text-button"
        popovertarget={id}
        aria-haspopup="menu"
        aria-expanded={isOpen.value}
        title={t('Copy the request as a command, as code or as a message')}
      >
        {t('Copy as')} ▾
      </button>
      <span class="quiet" role="status">
        {said.value}
      </span>
      <div
        ref={menu}
        id={id}
        popover="auto"
        class="popover copy-as"
        onKeyDown={onKeyDown}
        onToggle={(event) => onToggle(event.newState === 'open')}
      >
        {isOpen.value && (
          <CopyAsMenu
            request={toReplayRequest(connection)}
            notes={toReplayNotes(connection)}
            formats={COPY_FORMATS}
            withSecrets={withSecrets}
            withWire={withWire}
            onChoose={(format) => void copy(format)}
          />
        )}
      </div>
    </>
  )
}

/** Under the button, or where there is more room, and inside of the panel. */
function placeUnder(button: HTMLElement | null, menu: HTMLElement | null): void {
  if (button === null || menu === null) return
  const { left, top, bottom } = button.getBoundingClientRect()
  const isAbove = top > innerHeight - bottom
  menu.style.inset = isAbove ? `auto auto ${innerHeight - top}px ${left}px` : `${bottom}px auto auto ${left}px`
  menu.style.maxHeight = `${(isAbove ? top : innerHeight - bottom) - 6}px`
}
