import { countWords, toDistribution } from '../../lib/compare/distribution.ts'
import { type Measured, type MeasureName, MEASURES } from '../../lib/compare/figures.ts'
import { t } from '../../lib/i18n/translate.ts'
import type { Connection } from '../../lib/session/types.ts'
import { toStateWord } from '../../lib/endings/state-words.ts'
import { StateLabel } from '../connections/StateLabel.tsx'
import { formatCount } from '../parts/format.ts'
import { type CompareProps, liveNote } from './compared.ts'
import { ComparedTable } from './ComparedTable.tsx'
import { CopyTable } from './CopyTable.tsx'
import { valueWords } from './figure-words.ts'
import { NotedBar } from './NotedBar.tsx'
import { StripPlot } from './StripPlot.tsx'
import { useFigures } from './use-figures.ts'

/** What is worth knowing of many runs of one request. */
const SHOWN: ReadonlySet<MeasureName> = new Set([
  'firstByte',
  'firstEvent',
  'firstText',
  'duration',
  'longestGap',
  'events',
  'tokens',
  'tokenRate',
])
/** Of a run that lives, these are not final. */
const AT_END: ReadonlySet<MeasureName> = new Set(['duration', 'longestGap', 'events', 'tokens', 'tokenRate'])
const LEAST_RUNS = 3

/** How figures and endings spread over all of them. */
export function RunsView({ compared, now }: CompareProps) {
  const { all } = compared
  const nowMs = all.some(({ alive }) => alive) ? now.value : 0
  const { measured, isDone } = useFigures(all, nowMs)
  const rows = distributionsOf(all, measured)
  const states = countWords(all.map(({ state }) => state))
  const live = liveNote(all)
  const note = live === '' ? '' : `${live} · ${t('They count once they have ended.')}`
  const head = [t('Figure'), t('Runs'), t('Min'), 'p50', 'p95', t('Max')]
  const cells = () => [
    head,
    ...rows.map(({ name, words }) => [name, ...words]),
    ...states.map(([state, count]) => [
      t('State: {state}', { state: toStateWord(state) }),
      formatCount(count),
      '',
      '',
      '',
      '',
    ]),
  ]
  return (
    <div class="view">
      <NotedBar note={isDone ? note : t('still counting …')}>
        <CopyTable rows={cells} />
      </NotedBar>
      <div class="scroll view-body" tabIndex={0} role="group" aria-label={t('Runs')}>
        <p class="compare-states">
          {states.map(([state, count]) => (
            <span key={state} class="compare-state">
              {formatCount(count)} <StateLabel state={state} />
            </span>
          ))}
        </p>
        {all.length < LEAST_RUNS && (
          <p class="none">
            {t('Two runs are a comparison rather than a distribution: select more to see how they spread.')}
          </p>
        )}
        <ComparedTable
          caption={t('How the figures spread over the runs')}
          class="compare-runs"
          isBusy={!isDone}
          head={head.map((text) => ({ text }))}
          rows={rows.map(({ name, words, dots, unit }) => ({
            name,
            cells: words.map((text) => ({ text })),
            plot: <StripPlot dots={dots} words={(value) => valueWords(value, unit)} />,
          }))}
        />
      </div>
    </div>
  )
}

function distributionsOf(all: readonly Connection[], measured: readonly Measured[]) {
  return MEASURES.flatMap(([key, unit, name]) => {
    if (!SHOWN.has(key)) return []
    const dots = all.flatMap((connection, index) => {
      const value = measured[index]?.values[key] ?? null
      return value === null || (connection.alive && AT_END.has(key)) ? [] : [{ connection, value }]
    })
    const spread = toDistribution(dots.map(({ value }) => value))
    if (spread === null) return []
    const isEstimate = measured.some(({ estimated }) => estimated.has(key))
    const words = [spread.min, spread.p50, spread.p95, spread.max].map(
      (value) => `${isEstimate ? '≈ ' : ''}${valueWords(value, unit)}`,
    )
    return [{ name: t(name), unit, dots, words: [formatCount(spread.count), ...words] }]
  })
}
