import type { Turn } from '../../lib/formats/turn.ts'
import type { Connection } from '../../lib/session/types.ts'
import type { TurnFigures } from '../../lib/turns/figures.ts'
import { costOf, type TokenPrices } from '../../lib/turns/prices.ts'
import type { PanelState } from '../panel/panel-state.ts'
import { formatCount, formatDuration } from '../parts/format.ts'
import { PricesForm } from './PricesForm.tsx'
import { RateBars } from './RateBars.tsx'

interface TurnFactsProps {
  readonly connection: Connection
  readonly turn: Turn
  readonly figures: TurnFigures
  /** Read by the parent: this is drawn whenever that is. */
  readonly prices: TokenPrices | null
  readonly state: PanelState
}

type Fact = readonly [name: string, value: string, how: string]

/** The answer's model, usage and times. */
export function TurnFacts({ connection, turn, figures, prices, state }: TurnFactsProps) {
  const facts = [...factsOf(connection, turn, figures), costFact(costOf(turn.usage, prices))].filter(
    ([, value]) => value !== '',
  )
  return (
    <div class="turn-facts">
      <dl aria-label="Figures">
        {facts.map(([name, value, how]) => (
          <div key={name} title={how} data-figure={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <RateBars rate={figures.rate} />
      <PricesForm state={state} />
    </div>
  )
}

function factsOf(connection: Connection, turn: Turn, figures: TurnFigures): readonly Fact[] {
  const { open, firstByteAtMs, firstEventAtMs } = connection
  const { usage } = turn
  const { gaps, tokens, tokensPerS } = figures
  const since = (atMs: number | null) => (atMs === null ? '' : formatDuration(atMs - open.atMs))
  const count = (value: number | null | undefined) => (value === null || value === undefined ? '' : formatCount(value))
  const about = tokens.isEstimate ? '≈ ' : ''
  const estimate = tokens.isEstimate
    ? ' An estimate: a token is taken for four characters, as the stream has no usage.'
    : ''
  return [
    ['Model', turn.model, 'As the stream names it'],
    ['First byte', since(firstByteAtMs), 'From the page’s call'],
    ['First event', since(firstEventAtMs), 'From the page’s call'],
    ['First reasoning', since(figures.firstReasoningAtMs), 'From the page’s call'],
    ['First text', since(figures.firstTextAtMs), 'From the page’s call, reasoning left aside'],
    ['Input tokens', count(usage?.inputTokens), 'As the stream’s usage says'],
    ['Cached', count(usage?.cachedInputTokens), 'Input tokens that came from a cache'],
    ['Output tokens', tokens.count === 0 ? '' : about + formatCount(tokens.count), `What the model wrote.${estimate}`],
    ['Reasoning tokens', count(usage?.reasoningTokens), 'Among the output tokens'],
    [
      'Tokens/s',
      tokensPerS === null ? '' : about + tokensPerS.toFixed(tokensPerS < 10 ? 1 : 0),
      `Output tokens by the time from the first piece to the last.${estimate}`,
    ],
    ['Reasoning took', width(figures.reasoningMs), 'From its first piece to its last'],
    ['Answer took', width(figures.answerMs), 'From its first piece to its last'],
    [
      'Gaps p50 / p95 / max',
      gaps.count === 0
        ? ''
        : [gaps.percentile(0.5), gaps.percentile(0.95), gaps.maxMs].map((ms) => formatDuration(ms ?? 0)).join(' / '),
      'Waits between two moments at which something of the answer came',
    ],
  ]
}

function costFact(cost: number | null): Fact {
  const value = cost === null ? '' : String(Number(cost.toPrecision(3)))
  return ['Cost', value, 'Input and output tokens of the stream’s usage, at the prices you gave']
}

function width(ms: number | null): string {
  return ms === null ? '' : formatDuration(ms)
}
