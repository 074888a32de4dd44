import { useSignal } from '@preact/signals'
import { useMemo, useRef } from 'preact/hooks'
import { createComparable } from '../../lib/compare/comparable.ts'
import { createEventDiff, type EventDiff } from '../../lib/compare/event-diff.ts'
import { DEFAULT_IGNORED, parseIgnored } from '../../lib/compare/ignored.ts'
import { t } from '../../lib/i18n/translate.ts'
import type { Connection } from '../../lib/session/types.ts'
import { formatCount } from '../parts/format.ts'
import { Split } from '../parts/Split.tsx'
import { useSize } from '../parts/use-size.ts'
import { useSlices } from '../parts/use-slices.ts'
import { ignoredFor } from './compare-state.ts'
import { type CompareProps, liveNote, toShortName } from './compared.ts'
import { CopyDifferences } from './CopyDifferences.tsx'
import { DiffList } from './DiffList.tsx'
import { EventPair } from './EventPair.tsx'
import { PairSelect } from './PairSelect.tsx'

/** Lower than this, there is room for the list or for what is open. */
const LOW_PX = 150

/** The events of two connections side by side. */
export function EventsCompare({ compared, state, now }: CompareProps) {
  const { base, other } = compared
  void base.version.value
  void other.version.value
  // Between two comparisons there is a rest: what came in it is taken in when nothing more comes, too.
  if (base.alive || other.alive) void now.value
  const ignoredText = ignoredFor(state, base)
  const { ignored, errors } = useMemo(() => parseIgnored(ignoredText), [ignoredText])
  const pairBy = state.pairBy.value
  const diff = useMemo(() => createEventDiff(base, other, pairBy, ignored), [base, other, pairBy, ignored])
  const comparable = useMemo(() => createComparable(ignored), [ignored])
  const isDone = useSlices(diff, (budgetMs) => diff.update(budgetMs))
  /** Index in all rows; -1 for none. */
  const selected = useSignal(-1)
  const share = useSignal(0.6)
  const body = useRef<HTMLDivElement>(null)
  const isLow = useSize(body).value.height < LOW_PX
  const shown = state.onlyChanges.value ? diff.rows.changes : null
  const row = selected.value >= 0 && selected.value < diff.rows.length ? diff.rows.at(selected.value) : null
  const note = noteOf(diff, isDone, [base, other])
  const list =
    diff.round === 0 ? (
      <div class="hint" role="status">
        {t('Comparing events: {percent} %', { percent: Math.floor(diff.progress * 100) })}
      </div>
    ) : (shown?.length ?? diff.rows.length) === 0 ? (
      <div class="hint">{diff.rows.length === 0 ? t('Neither has events so far.') : t('All events are the same.')}</div>
    ) : (
      <DiffList
        diff={diff}
        rows={diff.rows}
        shown={shown}
        base={base}
        other={other}
        comparable={comparable}
        selected={selected}
      />
    )
  return (
    <div class="view">
      <div class="view-bar compare-bar-wide">
        <PairSelect compared={compared} state={state} />
        <select
          class="view-select"
          aria-label={t('Pair events')}
          title={t('Which events are laid side by side')}
          value={pairBy}
          onChange={(event) => (state.pairBy.value = event.currentTarget.value === 'id' ? 'id' : 'order')}
        >
          <option value="order" selected={pairBy === 'order'}>
            {t('By order')}
          </option>
          <option value="id" selected={pairBy === 'id'}>
            {t('By id')}
          </option>
        </select>
        <label class="check">
          <input
            type="checkbox"
            checked={state.onlyChanges.value}
            onChange={(event) => (state.onlyChanges.value = event.currentTarget.checked)}
          />
          {t('Only differences')}
        </label>
        <IgnoredField
          text={ignoredText}
          hasErrors={errors.length > 0}
          onChange={(text) => state.setIgnored(base, text)}
        />
        <CopyDifferences diff={diff} rows={diff.rows} base={base} other={other} />
      </div>
      {errors.length > 0 && (
        <p class="compare-note warn" role="alert">
          {errors.map(({ text, error }) => `${text}: ${t(error)}`).join(' · ')}
        </p>
      )}
      {pairBy === 'id' && diff.round > 0 && !diff.hasIds && (
        <p class="compare-note">{t('These events have no ids: they are paired by their order of coming.')}</p>
      )}
      <p class="compare-note" role="status" title={note}>
        {diff.round > 0 && <Counts counts={diff.rows.counts} base={base} other={other} />} {note}
      </p>
      <div ref={body} class="view-body">
        <Split
          direction="column"
          showFirst={!isLow || row === null}
          label={t('Resize the events')}
          share={share}
          first={list}
          second={
            row === null ? null : (
              <EventPair
                a={row.a === -1 ? null : base.entries.at(diff.entryOf('a', row.a))}
                b={row.b === -1 ? null : other.entries.at(diff.entryOf('b', row.b))}
                base={base}
                other={other}
                isLow={isLow}
                onClose={() => (selected.value = -1)}
              />
            )
          }
        />
      </div>
    </div>
  )
}

interface CountsProps {
  readonly counts: EventDiff['rows']['counts']
  readonly base: Connection
  readonly other: Connection
}

function Counts({ counts, base, other }: CountsProps) {
  return (
    <>
      {[
        t('{n} the same', { n: formatCount(counts.same) }),
        t('{n} changed', { n: formatCount(counts.changed) }),
        t('{n} only in {name}', { n: formatCount(counts['only first']), name: toShortName(base) }),
        t('{n} only in {name}', { n: formatCount(counts['only second']), name: toShortName(other) }),
      ].join(' · ')}
    </>
  )
}

function noteOf(diff: EventDiff, isDone: boolean, connections: readonly Connection[]): string {
  const notes = [
    ...(diff.missing === 0
      ? []
      : [t('{n} events were dropped: whether they are the same is not known.', { n: formatCount(diff.missing) })]),
    ...(diff.isBest ? [] : [t('They differ so much that more may be the same than is shown.')]),
    ...(isDone || diff.round === 0 ? [] : [t('comparing …')]),
    liveNote(connections),
  ]
  return notes.filter((text) => text !== '').join(' · ')
}

interface IgnoredFieldProps {
  readonly text: string
  readonly hasErrors: boolean
  readonly onChange: (text: string) => void
}

function IgnoredField({ text, hasErrors, onChange }: IgnoredFieldProps) {
  return (
    <span class="compare-ignored">
      <input
        type="text"
        class="filter"
        aria-label={t('Ignore in JSON')}
        aria-invalid={hasErrors}
        title={t('Ignored in JSON: names wherever they stand, and paths such as {example}', {
          example: '$.choices[*].index',
        })}
        placeholder={t('Ignore nothing')}
        value={text}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      {text !== DEFAULT_IGNORED && (
        <button
          type="button"
          class="text-button"
          title={t('Ignore ids and times again')}
          onClick={() => onChange(DEFAULT_IGNORED)}
        >
          {t('Reset')}
        </button>
      )}
    </span>
  )
}
