import type { Signal } from '@preact/signals'
import type { Alignment } from '../../lib/compare/alignment.ts'
import type { Connection } from '../../lib/session/types.ts'
import type { Span } from '../../lib/timeline/span.ts'
import type { TimeAxis } from '../timeline/time-axis.ts'

/** Height of a lane. */
export const LANE_PX = 20

export interface AlignedLanesProps {
  readonly connections: readonly Connection[]
  readonly alignment: Alignment
  readonly axis: TimeAxis
  readonly span: Signal<Span | null>
  /** In ms from the moment at which all are aligned. */
  readonly bounds: Span
  readonly view: Span
  /** Wall clock. */
  readonly nowMs: number
}
