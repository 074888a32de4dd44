// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import { scheduleFrame } from '../../../lib/session/schedule.ts'

test('a flush comes once, with the frame or without one', async () => {
  let flushes = 0
  scheduleFrame(() => (flushes += 1))
  await vi.waitFor(() => expect(flushes).toBe(1))

  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'requestAnimationFrame', 'cancelAnimationFrame'] })
  // A hidden document: frames are asked for and never come.
  const frames = vi.spyOn(globalThis, 'requestAnimationFrame').mockReturnValue(1)
  scheduleFrame(() => (flushes += 1))
  expect(flushes).toBe(1)
  vi.runAllTimers()
  expect(flushes).toBe(2)
  frames.mockRestore()
  vi.useRealTimers()
})
