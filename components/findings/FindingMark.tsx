import type { ReadonlySignal } from '@preact/signals'
import type { Connection } from '../../lib/session/types.ts'
import { t, tn } from '../../lib/i18n/translate.ts'
import { Icon } from '../parts/Icon.tsx'
import { lookOfSeverity } from './SeverityLabel.tsx'
import { type AllConnections, useFindings } from './use-findings.ts'

/** A list has many rows: each is looked through little by little. */
const PACE = { everyMs: 1000, steps: 300 }

interface FindingMarkProps {
  readonly connection: Connection
  readonly connections: AllConnections
  readonly now: ReadonlySignal<number>
}

/** How many problems and warnings there are; nothing if there are none. Hints are for those who look. */
export function FindingMark({ connection, connections, now }: FindingMarkProps) {
  void connection.version.value
  const { findings } = useFindings(connection, connections, now, PACE)
  const grave = findings.filter(({ severity }) => severity !== 'hint')
  const [first] = grave
  if (first === undefined) return null
  const [, icon, tone] = lookOfSeverity(first.severity)
  const titles = grave.map(({ title }) => title).join(t(', '))
  const names = tn(grave.length, 'Finding: {titles}', '{n} findings: {titles}', { titles })
  return (
    // The figure is drawn by the stylesheet: the cell's text stays what the column is about.
    <span class={`finding-mark tone-${tone}`} role="img" aria-label={names} title={names} data-count={grave.length}>
      <Icon name={icon} />
    </span>
  )
}
