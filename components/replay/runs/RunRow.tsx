import { t, tn } from '../../../lib/i18n/translate.ts'
import { problemText, type ReplayRun } from '../../../lib/replay/replay.ts'
import type { Connection } from '../../../lib/session/types.ts'
import { StateLabel } from '../../connections/StateLabel.tsx'
import { formatCount } from '../../parts/format.ts'

interface RunRowProps {
  readonly run: ReplayRun
  readonly onStop: () => void
  readonly onShow: (key: string) => void
}

/** One run: its connection as soon as there is one, else what became of it. */
export function RunRow({ run, onStop, onShow }: RunRowProps) {
  const state = run.state.value
  const connection = run.connection.value
  const error = run.error.value
  const isGoing = state === 'queued' || state === 'starting' || state === 'running'
  return (
    <li class="run" data-run={state}>
      {connection === null ? (
        <span class="run-state">{error === null ? waitingWord(state) : t('not sent')}</span>
      ) : (
        <RunConnection connection={connection} onShow={onShow} />
      )}
      {error !== null && <span class="bad">{problemText(error)}</span>}
      {isGoing && (
        <button type="button" class="text-button" aria-label={t('Stop run {n}', { n: run.number })} onClick={onStop}>
          {t('Stop')}
        </button>
      )}
    </li>
  )
}

function RunConnection({ connection, onShow }: { readonly connection: Connection } & Pick<RunRowProps, 'onShow'>) {
  void connection.version.value
  const { key, number, state, eventCount, head, ending } = connection
  return (
    <>
      <button type="button" class="link" title={t('Show this connection')} onClick={() => onShow(key)}>
        {`#${number}`}
      </button>
      <StateLabel state={state} />
      <span class="run-status">{head === null || head.status === 0 ? '' : head.status}</span>
      <span class="run-events">{tn(eventCount, '{n} event', '{n} events', { n: formatCount(eventCount) })}</span>
      <span class="sentence" title={ending?.sentence}>
        {ending?.sentence}
      </span>
    </>
  )
}

function waitingWord(state: ReturnType<ReplayRun['state']['peek']>): string {
  switch (state) {
    case 'queued':
      return t('queued')
    case 'starting':
    case 'running':
      return t('being sent')
    case 'stopped':
      return t('stopped before it was sent')
    case 'ended':
    case 'failed':
      return t('over')
    default:
      return state satisfies never
  }
}
