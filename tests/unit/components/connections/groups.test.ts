import { expect, test } from 'vitest'
import { toGroups } from '../../../../components/connections/groups.ts'
import { createSession } from '../../../../lib/session/session.ts'
import { navigated, open, page, reached, welcome } from '../../../helpers/stream-builders.ts'

/** Five connections in two frames, with a navigation between them. */
function rowsOf() {
  const session = createSession({ schedule: (run) => run() })
  const [top, frame] = [page('d1'), page('d2')]
  session.apply(welcome)
  session.apply(reached('d1'))
  session.apply(reached('d2', 7, 'https://frame.test/'))
  session.apply(top.batch(open({ c: 1, url: 'https://a.test/chat?n=1' }), open({ c: 2, url: 'https://a.test/ticks' })))
  session.apply(frame.batch(open({ c: 1, url: 'https://a.test/chat?n=2' })))
  session.apply(navigated('https://page.test/next'))
  session.apply(top.batch(open({ c: 3, url: 'https://a.test/chat#x' }), open({ c: 4, url: 'not a url' })))
  return session.rows
}

const show = (rows: ReturnType<typeof toGroups>) =>
  rows.map((row) =>
    row.kind === 'group'
      ? `${row.top ? 'page ' : ''}${row.url} (${row.connections.length})${row.closed ? ' closed' : ''}`
      : row.kind === 'connection'
        ? `  ${row.connection.number}`
        : row.kind,
  )

test('not grouped, the rows are the same', () => {
  const rows = rowsOf()
  expect(toGroups(rows, 'none', new Set())).toBe(rows)
})

test('by URL: queries and fragments do not part them, and each group stands where it began', () => {
  expect(show(toGroups(rowsOf(), 'url', new Set()))).toEqual([
    'https://a.test/chat (3)',
    '  1',
    '  3',
    '  4',
    'https://a.test/ticks (1)',
    '  2',
    'not a url (1)',
    '  5',
  ])
})

test('by frame: the page and the frames in it', () => {
  expect(show(toGroups(rowsOf(), 'frame', new Set()))).toEqual([
    'page https://page.test/ (4)',
    '  1',
    '  2',
    '  4',
    '  5',
    'https://frame.test/ (1)',
    '  3',
  ])
})

test('of a closed group only the head is left, and it goes on counting', () => {
  const rows = rowsOf()
  const [head] = toGroups(rows, 'frame', new Set())
  const closed = new Set(head?.kind === 'group' ? [head.key] : [])
  expect(show(toGroups(rows, 'frame', closed))).toEqual([
    'page https://page.test/ (4) closed',
    'https://frame.test/ (1)',
    '  3',
  ])
})
