/** Session rules for one request's headers, of a panel that may be closed at any moment. */
import { afterEach, expect, test, vi } from 'vitest'
import { createHeaderRules } from '../../../lib/replay-rules.ts'

type Dnr = Parameters<typeof createHeaderRules>[0]
interface Change {
  readonly addRules?: readonly { readonly id: number }[]
  readonly removeRuleIds?: readonly number[]
}

/** A panel and the browser's rules; `answer` is the browser's, to each rule that is to be added. */
function createPanel(answer: () => Promise<void>) {
  let close = (): void => {}
  vi.stubGlobal('navigator', { locks: { request: async () => {}, query: async () => ({ held: [] }) } })
  vi.stubGlobal('location', { hostname: 'panel' })
  vi.stubGlobal('addEventListener', (type: string, listener: () => void) => {
    if (type === 'pagehide') close = listener
  })
  const added: number[] = []
  const removed: number[] = []
  const updateSessionRules = async ({ addRules = [], removeRuleIds = [] }: Change): Promise<void> => {
    added.push(...addRules.map(({ id }) => id))
    removed.push(...removeRuleIds)
    if (addRules.length > 0) await answer()
  }
  const dnr = { getSessionRules: async () => [], updateSessionRules } as unknown as Dnr
  return { rules: createHeaderRules(dnr), added, removed, close: () => close() }
}
afterEach(() => vi.unstubAllGlobals())

const CHANGES = { set: [['Cookie', 'a=b']], remove: [] } as const

test('a panel that is closed while the browser takes a rule takes it away again', () => {
  const { rules, added, removed, close } = createPanel(() => new Promise(() => {}))
  void rules.put('https://api.test/chat', CHANGES)
  close()
  expect(added).toHaveLength(1)
  expect(removed).toEqual(added)
})

test('a rule that the browser refused is nothing to take away', async () => {
  const { rules, removed, close } = createPanel(() => Promise.reject(new Error('refused')))
  await expect(rules.put('https://api.test/chat', CHANGES)).rejects.toThrow('refused')
  close()
  expect(removed).toEqual([])
})

test('a rule is taken away once', async () => {
  const { rules, added, removed, close } = createPanel(async () => {})
  const rule = await rules.put('https://api.test/chat', CHANGES)
  rule.remove()
  rule.remove()
  close()
  expect(removed).toEqual(added)
})
