import { t, tn } from '../../../lib/i18n/translate.ts'
import type { Replayer, ReplayRun } from '../../../lib/replay/replay.ts'
import type { Connection } from '../../../lib/session/types.ts'
import { RunRow } from './RunRow.tsx'

/** Rows shown; all runs are in the list of connections. */
const MOST_ROWS = 100

interface RunsListProps {
  readonly connection: Connection
  readonly replayer: Replayer
  /** Shows the connection with that key. */
  readonly onShow: (key: string) => void
}

/** What was sent from a connection's editor, newest first, each with a way to its own connection. */
export function RunsList({ connection, replayer, onShow }: RunsListProps) {
  const runs = replayer.runs.value.filter(({ plan }) => plan.originalKey === connection.key).toReversed()
  if (runs.length === 0) return null
  const going = runs.filter(isGoing)
  return (
    <details class="section runs" open>
      <summary>
        {t('Runs')}
        <span class="badge">{runs.length}</span>
      </summary>
      <p class="runs-bar">
        <span role="status">{going.length > 0 && tn(going.length, '{n} run goes on', '{n} runs go on')}</span>
        <button
          type="button"
          class="text-button"
          disabled={going.length === 0}
          onClick={() => going.forEach((run) => replayer.stop(run))}
        >
          {t('Stop all')}
        </button>
      </p>
      <ul class="runs-list">
        {runs.slice(0, MOST_ROWS).map((run) => (
          <RunRow key={run.id} run={run} onStop={() => replayer.stop(run)} onShow={onShow} />
        ))}
      </ul>
      {runs.length > MOST_ROWS && (
        <p class="none">{t('The {n} newest are shown here; all are in the list of connections.', { n: MOST_ROWS })}</p>
      )}
    </details>
  )
}

function isGoing({ state }: ReplayRun): boolean {
  return state.value === 'queued' || state.value === 'starting' || state.value === 'running'
}
