import { EXTENSION_DOC } from '../../lib/replay/extension/recorder.ts'
import { t } from '../../lib/i18n/translate.ts'
import type { Connection } from '../../lib/session/types.ts'
import { Icon } from '../parts/Icon.tsx'

/** In the list: what the panel sent, and not the page. */
export function ReplayMark({ connection }: { readonly connection: Connection }) {
  const { replayOf, frame } = connection
  if (replayOf === null) return null
  const how = frame.doc === EXTENSION_DOC ? t('Sent by the extension') : t('Sent from the panel, as the page')
  const name = nameOf(replayOf)
  return (
    <span class="replay-mark" role="img" aria-label={name} title={`${name}\n${how}`}>
      <Icon name="again" />
      {replayOf.number !== null && `#${replayOf.number}`}
    </span>
  )
}

interface ReplayOriginProps {
  readonly connection: Connection
  readonly onShow: (key: string) => void
}

/** In the details of a replay: goes to what it sends again. */
export function ReplayOrigin({ connection: { replayOf }, onShow }: ReplayOriginProps) {
  if (replayOf === null || replayOf.number === null) return null
  return (
    <button
      type="button"
      class="text-button"
      title={t('Show the connection that was sent again')}
      onClick={() => onShow(replayOf.key)}
    >
      {nameOf(replayOf)}
    </button>
  )
}

function nameOf({ number }: NonNullable<Connection['replayOf']>): string {
  return number === null ? t('replay') : t('replay of #{n}', { n: number })
}
