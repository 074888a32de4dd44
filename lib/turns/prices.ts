/** What an answer cost, by prices that the user gives: nobody else's list of prices is in here. */
import { isObject } from '../formats/json/json.ts'
import type { Usage } from '../formats/turn.ts'

/** For a million tokens each, in whatever money the user thinks in. */
export interface TokenPrices {
  readonly input: number
  readonly output: number
}

/** Prices as they lie in the storage; null where there are none. */
export function toTokenPrices(stored: unknown): TokenPrices | null {
  if (!isObject(stored)) return null
  const { input, output } = stored
  return isPrice(input) && isPrice(output) ? { input, output } : null
}

function isPrice(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

/** Null where prices or counts are missing: an estimate of tokens is not turned into money. */
export function costOf(usage: Usage | null, prices: TokenPrices | null): number | null {
  if (prices === null || usage === null || usage.inputTokens === null || usage.outputTokens === null) return null
  return (usage.inputTokens * prices.input + usage.outputTokens * prices.output) / 1_000_000
}
