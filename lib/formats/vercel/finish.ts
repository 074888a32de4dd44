import type { Finish } from '../turn.ts'

/** Finish reasons as the AI SDK names them, whatever the provider. */
export const FINISH_KINDS: ReadonlyMap<string, Finish['kind']> = new Map(
  Object.entries({
    stop: 'stop',
    length: 'length',
    'content-filter': 'filter',
    'tool-calls': 'tool',
    error: 'error',
  } as const),
)
