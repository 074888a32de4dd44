import { t } from '../../lib/i18n/translate.ts'
import type { Connection } from '../../lib/session/types.ts'
import type { AllConnections } from '../findings/use-findings.ts'
import { type CompareState, LEAST_COMPARED } from './compare-state.ts'

interface CompareReplaysProps {
  readonly connection: Connection
  readonly connections: AllConnections
  readonly state: CompareState
}

/** On a replay, and on what was replayed: compares it with its original, and all runs with each other. */
export function CompareReplays({ connection, connections, state }: CompareReplaysProps) {
  const originalKey = originalOf(connection) ?? connection.key
  const runs: string[] = []
  let original: string | null = null
  for (const other of connections()) {
    if (other.key === originalKey) original = originalKey
    else if (originalOf(other) === originalKey) runs.push(other.key)
  }
  const all = original === null ? runs : [original, ...runs]
  const isReplay = connection.key !== originalKey
  return (
    <>
      {isReplay && original !== null && (
        <button
          type="button"
          class="text-button"
          title={t('Compare this replay with the connection that it repeats')}
          onClick={() => state.compare([originalKey, connection.key])}
        >
          {t('Compare with original')}
        </button>
      )}
      {runs.length > 0 && all.length > (isReplay ? LEAST_COMPARED : LEAST_COMPARED - 1) && (
        <button
          type="button"
          class="text-button"
          title={t('Compare all runs of this request')}
          onClick={() => {
            state.tab.value = 'Runs'
            state.compare(all)
          }}
        >
          {t('Compare all runs')}
        </button>
      )}
    </>
  )
}

/** Key of what a replay repeats; null where it is none, or not known. */
function originalOf({ open }: Connection): string | null {
  return open.replay === undefined || open.replay.of === '' ? null : open.replay.of
}
