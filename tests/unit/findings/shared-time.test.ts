import { expect, test, vi } from 'vitest'
import { createSharedTime } from '../../../lib/findings/shared-time.ts'

const anHourAgo = () => performance.now() - 3_600_000

test('when the time is used up, no more begins in that task, and all of it is there in the next', async () => {
  const time = createSharedTime(5, 1)
  expect([time.leftMs, time.isOver]).toEqual([5, false])
  time.spend(anHourAgo())
  expect([time.leftMs, time.isOver]).toEqual([0, true])
  await vi.waitFor(() => expect(time.isOver).toBe(false))
  expect(time.leftMs).toBe(5)
})

test('some pieces are done in each task, however long they take', async () => {
  const time = createSharedTime(5, 3)
  for (const isOver of [false, false, true]) {
    time.spend(anHourAgo())
    expect(time.isOver).toBe(isOver)
  }
  await vi.waitFor(() => expect(time.isOver).toBe(false))
  time.spend(anHourAgo())
  expect(time.isOver).toBe(false)
})
