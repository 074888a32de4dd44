import { expect, test } from 'vitest'
import { countStates, groupOf, isChosen } from '../../../../components/connections/state-filter.ts'
import { createRowFilter } from '../../../../components/connections/row-filter.ts'
import { CONNECTION_GRAMMAR } from '../../../../lib/filter/connection-filter.ts'
import { createFilterReader } from '../../../../lib/filter/reader.ts'
import type { Connection, Ending, ListRow } from '../../../../lib/session/types.ts'
import { chunk, end, head, open, reason } from '../../../helpers/stream-builders.ts'
import { connectionOf } from '../../session/connection-of.ts'

const says = createFilterReader(CONNECTION_GRAMMAR)
const by = (text: string) => says(text).filter
const rowOf = (connection: Connection): ListRow => ({ kind: 'connection', connection })
const divider: ListRow = { kind: 'navigation', key: 'n', url: 'https://page.test/2', wallMs: 0 }
const completed = connectionOf(open({ url: 'https://api.test/one' }), head(), chunk('data: a\n\n'), end())
const live = connectionOf(open({ url: 'https://api.test/two' }), head(), chunk('data: a\n\n'))
const lost = connectionOf(
  open({ url: 'https://api.test/three' }),
  head(),
  chunk('data: a\n\n'),
  end('error', { reason: reason('TypeError', 'network error') }),
)
const rows = [rowOf(completed), divider, rowOf(live), rowOf(lost)]

test('each state is in one group', () => {
  expect([groupOf('stalled'), groupOf('completed'), groupOf('aborted'), groupOf('lost')]).toEqual([
    'live',
    'ended well',
    'stopped',
    'failed',
  ])
})

test('a choice leaves its states, and a divider only where rows follow it', () => {
  const filter = createRowFilter()
  expect(filter(rows, by(''), 'all')).toBe(rows)
  expect(filter(rows, by(''), 'ended well')).toEqual([rows[0]])
  expect(filter(rows, by(''), 'live')).toEqual([divider, rows[2]])
  expect(filter(rows, by(''), 'lost')).toEqual([divider, rows[3]])
  expect(filter(rows, by('three'), 'failed')).toEqual([divider, rows[3]])
  expect(filter(rows, by('two'), 'failed')).toEqual([])
})

test('a connection that is judged again is asked again', () => {
  const filter = createRowFilter()
  const connection = { ...lost }
  expect(filter([rowOf(connection)], by('lost'))).toHaveLength(1)
  const again: Ending = { ...(lost.ending as Ending), verdict: 'refused' }
  Object.assign(connection, { ending: again, state: 'refused' })
  expect(filter([rowOf(connection)], by('lost'))).toHaveLength(0)
  expect(filter([rowOf(connection)], by('refused'))).toHaveLength(1)
})

test('groups are counted always, states where there are some', () => {
  expect([...countStates(rows)]).toEqual([
    ['all', 3],
    ['live', 1],
    ['ended well', 1],
    ['stopped', 0],
    ['failed', 1],
    ['completed', 1],
    ['open', 1],
    ['lost', 1],
  ])
  expect([isChosen(live, 'all'), isChosen(live, 'live'), isChosen(live, 'open'), isChosen(live, 'failed')]).toEqual([
    true,
    true,
    true,
    false,
  ])
})
