/** How much text a panel holds in memory, and what becomes of more. */

const MIB = 2 ** 20

/** What the user chose. */
export interface TextBound {
  /** Of memory for texts. */
  readonly bytes: number
  /** The oldest texts go to the browser's storage, or are dropped. */
  readonly beyond: 'store' | 'drop'
}

export const TEXT_BYTES = 512 * MIB
export const LEAST_TEXT_BYTES = MIB
/** A page of the browser has no more than 4 GB for its texts and all else. */
export const MOST_TEXT_BYTES = 2048 * MIB

/** A bound out of whatever was stored. */
export function toTextBound(stored: unknown): TextBound {
  const { bytes, beyond } = (typeof stored === 'object' && stored !== null ? stored : {}) as Record<string, unknown>
  const isSize = typeof bytes === 'number' && Number.isFinite(bytes)
  return {
    bytes: isSize ? Math.round(Math.min(MOST_TEXT_BYTES, Math.max(LEAST_TEXT_BYTES, bytes))) : TEXT_BYTES,
    beyond: beyond === 'drop' ? 'drop' : 'store',
  }
}
