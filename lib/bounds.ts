/** Bounds of memory that the user sets. */

import { JOURNAL_BYTES } from './journal.ts'

const MIB = 2 ** 20

/** Openings with their bodies must find room. */
export const LEAST_JOURNAL_BYTES = 2 * MIB
export const MOST_JOURNAL_BYTES = 256 * MIB

/** A bound in bytes out of whatever was stored. */
export function toJournalBytes(stored: unknown): number {
  if (typeof stored !== 'number' || !Number.isFinite(stored)) return JOURNAL_BYTES
  return Math.round(Math.min(MOST_JOURNAL_BYTES, Math.max(LEAST_JOURNAL_BYTES, stored)))
}
