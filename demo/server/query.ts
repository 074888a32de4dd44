import type { ArgumentMetadata, PipeTransform } from '@nestjs/common'
import { badRequest } from './errors.ts'

interface Bounds {
  readonly min: number
  readonly max: number
  /** The value where the query does not name one. */
  readonly fallback: number
}

/** A pipe that reads a query parameter as a whole number within bounds; anything else is answered with 400. */
export function wholeNumber({ min, max, fallback }: Bounds): PipeTransform<unknown, number> {
  return {
    transform(value, { data = 'value' }: ArgumentMetadata) {
      if (value === undefined) return fallback
      const number = typeof value === 'string' && /^\d{1,12}$/.test(value) ? Number(value) : Number.NaN
      if (number >= min && number <= max) return number
      throw badRequest(data, `"${data}" must be a whole number from ${min} to ${max}.`)
    },
  }
}

/** How many events a timed stream sends. */
export const COUNT = wholeNumber({ min: 1, max: 100_000, fallback: 10 })

/** Milliseconds between two events. */
export const INTERVAL_MS = wholeNumber({ min: 0, max: 60_000, fallback: 100 })
