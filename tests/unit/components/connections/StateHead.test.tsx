import { signal } from '@preact/signals'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { expect, test } from 'vitest'
import { StateHead } from '../../../../components/connections/StateHead.tsx'
import type { Connection } from '../../../../lib/session/types.ts'
import { attempt, chunk, demand, dispatched, end, head, open, reason } from '../../../helpers/stream-builders.ts'
import { connectionOf } from '../../session/connection-of.ts'

const ORIGIN_MS = 1_700_000_000_000

async function show(connection: Connection, atMs = 0) {
  const root = document.createElement('div')
  document.body.replaceChildren(root)
  const now = signal(ORIGIN_MS + atMs)
  await act(() => render(<StateHead connection={connection} now={now} children={null} />, root))
  const unfold = () =>
    act(() => {
      const details = root.querySelector('details')
      if (details === null) throw new Error('nothing to unfold')
      details.open = true
      details.dispatchEvent(new Event('toggle'))
    })
  const fields = () =>
    Object.fromEntries(
      [...root.querySelectorAll('tr')].map((row) => [
        row.querySelector('th')?.textContent ?? '',
        row.querySelector('td')?.textContent ?? '',
      ]),
    )
  return { root, now, unfold, fields, line: () => root.querySelector('summary')?.textContent ?? '' }
}

test('what it is doing is said with the time that passes', async () => {
  const { now, line } = await show(connectionOf(open(), head(), chunk('data: a\n\n')), 2_200)
  expect(line()).toBe('openOpen. Progress 2.0 s ago.')
  await act(() => {
    now.value = ORIGIN_MS + 3_200
  })
  expect(line()).toBe('openOpen. Progress 3.0 s ago.')
})

test('unfolded, an ending shows its evidence and the stack of the call', async () => {
  const stack = 'at stop (https://page.test/app.js:3:9)'
  const aborted = connectionOf(
    open(),
    head(),
    chunk('data: a\n\n'),
    end('error', { signal: reason('string', 'user pressed stop'), by: 'AbortController.abort', stack }),
  )
  const { root, unfold, fields, line } = await show(aborted)
  expect(line()).toContain("Aborted by the page 3.2 s in, after 1 event: 'user pressed stop'.")
  expect(fields()).toEqual({})
  await unfold()
  expect(fields()).toMatchObject({ 'Ended by': 'the page', When: 'mid-stream, 3.20 s after the call' })
  expect(root.querySelector('.state-stack')?.textContent).toContain(stack)
})

test('unfolded, a live state shows the marks that it was judged by', async () => {
  const stream = connectionOf(
    open(),
    head(),
    ...[0, 1, 2, 3].map((n) => chunk('data: a\n\n', { atMs: 200 + n * 300 })),
    chunk(': hb\n\n', { atMs: 2_000 }),
    demand(true, { atMs: 2_100 }),
  )
  const shown = await show(stream, 4_000)
  await shown.unfold()
  expect(shown.fields()).toMatchObject({
    Progress: '2.90 s ago, usual gap 300 ms, in rhythm up to 900 ms',
    Heartbeat: '2.00 s ago',
    'So far': '4 events, 42 B',
    'The page': 'asked again 1.90 s ago',
  })

  const source = connectionOf(
    open({ transport: 'eventsource' }),
    attempt('open'),
    dispatched('a'),
    attempt('reconnecting', { atMs: 900 }),
  )
  const again = await show(source, 1_000)
  await again.unfold()
  expect(again.fields()).toMatchObject({
    'Connected so far': '1 time',
    Heartbeats: expect.stringContaining('cannot be seen'),
  })
})
