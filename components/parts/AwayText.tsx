import { useEffect } from 'preact/hooks'
import { t } from '../../lib/i18n/translate.ts'
import type { Away } from '../../lib/session/store/text-store.ts'

interface AwayTextProps {
  readonly away: Away
  /** Reads it from the storage; who shows it is drawn again then. */
  readonly bring: () => Promise<void>
}

/** Stands for a text that is not in memory, and brings it if it can be. */
export function AwayText({ away, bring }: AwayTextProps) {
  useEffect(() => {
    if (away === 'stored') void bring()
  }, [away])
  return (
    <em class="quiet" data-away={away}>
      {away === 'stored' ? t('In the browser’s storage, being read …') : t('Dropped to keep the bound for texts')}
    </em>
  )
}
