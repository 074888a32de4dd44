import { type Signal, useSignal } from '@preact/signals'
import type { Comparable } from '../../lib/compare/comparable.ts'
import type { DiffKind, DiffRows } from '../../lib/compare/diff-rows.ts'
import type { EventDiff } from '../../lib/compare/event-diff.ts'
import { t } from '../../lib/i18n/translate.ts'
import type { Connection, Entry } from '../../lib/session/types.ts'
import { AwayText } from '../parts/AwayText.tsx'
import { type RowProps, VirtualList } from '../parts/VirtualList.tsx'
import { toShortName } from './compared.ts'
import { type Cut, cutToDifference, cutToNews, KIND_LOOK } from './event-cells.ts'

const ROW_PX = 20

interface DiffListProps {
  readonly diff: EventDiff
  /** Its rows: others after each comparison. A component that gets only what is the same is not drawn again. */
  readonly rows: DiffRows
  /** Indexes of the rows to show; null for all. */
  readonly shown: ArrayLike<number> | null
  readonly base: Connection
  readonly other: Connection
  readonly comparable: Comparable
  /** Index in all rows. */
  readonly selected: Signal<number>
}

/** Rows of two events each. */
export function DiffList({ diff, rows, shown, base, other, comparable, selected }: DiffListProps) {
  const follow = useSignal(false)
  const rowAt = (index: number) => (shown === null ? index : (shown[index] ?? 0))
  const sideOf = (side: 'a' | 'b', event: number): SideEvent => {
    const { entries } = side === 'a' ? base : other
    const beside = event > 0 ? event - 1 : event + 1
    const hasBeside = beside < (side === 'a' ? diff.aLength : diff.bLength)
    return {
      entry: entries.at(diff.entryOf(side, event)),
      bring: () => entries.bring(diff.entryOf(side, event)),
      beside: hasBeside ? entries.at(diff.entryOf(side, beside)) : null,
    }
  }
  const renderRow = (index: number, row: RowProps) => {
    const { kind, a, b } = rows.at(rowAt(index))
    const left = a === -1 ? null : sideOf('a', a)
    const right = b === -1 ? null : sideOf('b', b)
    return <PairRow key={index} kind={kind} left={left} right={right} comparable={comparable} row={row} />
  }
  const names = [
    ['sign', ''],
    ['a-number', toShortName(base)],
    ['a', t('Data of {name}', { name: toShortName(base) })],
    ['b-number', toShortName(other)],
    ['b', t('Data of {name}', { name: toShortName(other) })],
  ] as const
  return (
    <VirtualList
      label={t('Events side by side')}
      class="compare-events"
      role="grid"
      count={shown?.length ?? rows.length}
      rowHeightPx={ROW_PX}
      headPx={ROW_PX}
      head={
        <div class="row head diff-row" role="row" aria-rowindex={1} style={{ height: `${ROW_PX}px` }}>
          {names.map(([column, name]) => (
            <span key={column} role="columnheader" data-column={column}>
              {name === '' ? <span class="visually-hidden">{t('Difference')}</span> : name}
            </span>
          ))}
        </div>
      }
      renderRow={renderRow}
      follow={follow}
      selected={shown === null ? selected.value : indexIn(shown, selected.value)}
      onSelect={(index) => (selected.value = rowAt(index))}
      onKey={(event) => {
        if (event.key !== 'Escape' || selected.value === -1) return
        event.preventDefault()
        event.stopPropagation()
        selected.value = -1
      }}
    />
  )
}

/** Where a number stands in a list that rises; -1 for nowhere. */
function indexIn(list: ArrayLike<number>, value: number): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((list[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return list[low] === value ? low : -1
}

interface SideEvent {
  readonly entry: Entry
  readonly bring: () => Promise<void>
  /** The event before it, or after the first; null where it is the only one. */
  readonly beside: Entry | null
}

interface PairRowProps {
  readonly kind: DiffKind
  readonly left: SideEvent | null
  readonly right: SideEvent | null
  readonly comparable: Comparable
  readonly row: RowProps
}

function PairRow({ kind, left, right, comparable, row }: PairRowProps) {
  const isChanged = kind === 'changed' && left !== null && right !== null
  const cuts = isChanged ? cutToDifference(left.entry, right.entry, comparable) : null
  const cutOf = (side: SideEvent | null, index: 0 | 1) =>
    side === null ? null : (cuts?.[index] ?? cutToNews(side.entry, side.beside, comparable))
  const [sign, word] = KIND_LOOK[kind]
  const showsTypes = isChanged && left.entry.type !== right.entry.type
  return (
    <div {...row} class={`row diff-row kind-${kind.replace(' ', '-')}`} data-kind={kind}>
      <span role="gridcell" data-column="sign" title={t(word)}>
        <span aria-hidden="true">{sign}</span>
        <span class="visually-hidden">{t(word)}</span>
      </span>
      <Side side="a" of={left} cut={cutOf(left, 0)} showsType={showsTypes} />
      <Side side="b" of={right} cut={cutOf(right, 1)} showsType={showsTypes} />
    </div>
  )
}

interface SideProps {
  readonly side: 'a' | 'b'
  readonly of: SideEvent | null
  readonly cut: Cut | null
  readonly showsType: boolean
}

function Side({ side, of, cut, showsType }: SideProps) {
  const entry = of?.entry ?? null
  return (
    <>
      <span role="gridcell" data-column={`${side}-number`}>
        {entry?.number ?? ''}
      </span>
      <span role="gridcell" data-column={side} class="mono">
        {showsType && entry !== null && <mark>{entry.type}</mark>}
        {showsType && ' '}
        {of?.entry.away !== undefined ? (
          <AwayText away={of.entry.away} bring={of.bring} />
        ) : (
          <>
            {cut?.before}
            {cut !== null && cut.differs !== '' && <mark>{cut.differs}</mark>}
            {cut?.after}
          </>
        )}
      </span>
    </>
  )
}
