import type { Turn } from '../../lib/formats/turn.ts'
import { joinSentences } from '../../lib/i18n/joined.ts'
import { msg, t } from '../../lib/i18n/translate.ts'
import type { Connection } from '../../lib/session/types.ts'
import type { Rate, TurnFigures } from '../../lib/turns/figures.ts'
import { costOf, type TokenPrices } from '../../lib/turns/prices.ts'
import type { PanelState } from '../panel/panel-state.ts'
import { formatCount, formatDuration } from '../parts/format.ts'
import { PricesForm } from './PricesForm.tsx'
import { RateBars } from './RateBars.tsx'

interface TurnFactsProps {
  readonly facts: readonly TurnFact[]
  readonly rate: Rate
  readonly state: PanelState
}

/** The name is a message; how it is come by is a sentence in the user's language. */
export type TurnFact = readonly [name: string, value: string, how: string]

/** The answer's model, usage and times. */
export function TurnFacts({ facts, rate, state }: TurnFactsProps) {
  return (
    <div class="turn-facts">
      <dl aria-label={t('Figures')}>
        {facts.map(([name, value, how]) => (
          <div key={name} title={how} data-figure={name}>
            <dt>{t(name)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <RateBars rate={rate} />
      <PricesForm state={state} />
    </div>
  )
}

/** Those that are known by now. */
export function turnFacts(
  connection: Connection,
  turn: Turn,
  figures: TurnFigures,
  prices: TokenPrices | null,
): readonly TurnFact[] {
  return [...factsOf(connection, turn, figures), costFact(costOf(turn.usage, prices))].filter(
    ([, value]) => value !== '',
  )
}

function factsOf(connection: Connection, turn: Turn, figures: TurnFigures): readonly TurnFact[] {
  const { open, firstByteAtMs, firstEventAtMs } = connection
  const { usage } = turn
  const { gaps, tokens, tokensPerS } = figures
  const since = (atMs: number | null) => (atMs === null ? '' : formatDuration(atMs - open.atMs))
  const count = (value: number | null | undefined) => (value === null || value === undefined ? '' : formatCount(value))
  const about = tokens.isEstimate ? '≈ ' : ''
  const estimate = tokens.isEstimate
    ? t('An estimate: a token is taken for four characters, as the stream has no usage.')
    : ''
  return [
    [msg('Model'), turn.model, t('As the stream names it')],
    [msg('First byte'), since(firstByteAtMs), t('From the page’s call')],
    [msg('First event'), since(firstEventAtMs), t('From the page’s call')],
    [msg('First reasoning'), since(figures.firstReasoningAtMs), t('From the page’s call')],
    [msg('First text'), since(figures.firstTextAtMs), t('From the page’s call, reasoning left aside')],
    [msg('Input tokens'), count(usage?.inputTokens), t('As the stream’s usage says')],
    [msg('Cached'), count(usage?.cachedInputTokens), t('Input tokens that came from a cache')],
    [
      msg('Output tokens'),
      tokens.count === 0 ? '' : about + formatCount(tokens.count),
      joinSentences([t('What the model wrote.'), estimate]),
    ],
    [msg('Reasoning tokens'), count(usage?.reasoningTokens), t('Among the output tokens')],
    [
      msg('Tokens/s'),
      tokensPerS === null ? '' : about + tokensPerS.toFixed(tokensPerS < 10 ? 1 : 0),
      joinSentences([t('Output tokens by the time from the first piece to the last.'), estimate]),
    ],
    [msg('Reasoning took'), width(figures.reasoningMs), t('From its first piece to its last')],
    [msg('Answer took'), width(figures.answerMs), t('From its first piece to its last')],
    [
      msg('Gaps p50 / p95 / max'),
      gaps.count === 0
        ? ''
        : [gaps.percentile(0.5), gaps.percentile(0.95), gaps.maxMs].map((ms) => formatDuration(ms ?? 0)).join(' / '),
      t('Waits between two moments at which something of the answer came'),
    ],
  ]
}

function costFact(cost: number | null): TurnFact {
  const value = cost === null ? '' : String(Number(cost.toPrecision(3)))
  return [msg('Cost'), value, t('Input and output tokens of the stream’s usage, at the prices you gave')]
}

function width(ms: number | null): string {
  return ms === null ? '' : formatDuration(ms)
}
