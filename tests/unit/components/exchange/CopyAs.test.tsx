import { signal } from '@preact/signals'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { CopyAs } from '../../../../components/exchange/CopyAs.tsx'
import type { Redaction } from '../../../../lib/export/redaction.ts'
import { connectionFor, type OddRequest, text } from '../../export/odd-requests.ts'

const copied: string[] = []
beforeEach(() => {
  copied.length = 0
  vi.stubGlobal('navigator', { clipboard: { writeText: async (what: string) => void copied.push(what) } })
})

/** happy-dom has no top layer: a popover opens by its event, as the browser dispatches it. */
async function openMenu(odd: OddRequest, redaction: Redaction = { on: true, names: [] }) {
  const root = document.createElement('div')
  document.body.replaceChildren(root)
  await act(() =>
    render(<CopyAs connection={connectionFor(odd, 'https://a.test')} redaction={signal(redaction)} />, root),
  )
  const popover = root.querySelector<HTMLElement>('[popover]')
  if (popover === null) throw new Error('No popover')
  const toggle = (newState: 'open' | 'closed') =>
    act(() => popover.dispatchEvent(Object.assign(new Event('toggle'), { newState })) as never)
  popover.hidePopover = () => void toggle('closed')
  await toggle('open')
  const items = () => [...root.querySelectorAll<HTMLElement>('[role^=menuitem]')]
  const item = (label: string) => {
    const found = items().find((one) => (one.textContent || one.parentElement?.textContent || '').startsWith(label))
    if (found === undefined) throw new Error(`No ${label}`)
    return found
  }
  const press = (key: string) =>
    act(
      () =>
        document.activeElement?.dispatchEvent(
          new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
        ) as never,
    )
  return { root, items, item, toggle, press, click: (label: string) => act(() => item(label).click()) }
}

const SECRET: OddRequest = { headers: [['Authorization', 'Bearer abcdefgh12345678']] }

test('what is chosen is copied without secrets, and said', async () => {
  const { root, click } = await openMenu(SECRET)
  await click('cURL (bash)')
  await vi.waitFor(() => expect(root.textContent).toContain('Copied as cURL (bash)'))
  expect(copied).toEqual([
    expect.stringMatching(/^# Secrets are left out.*\ncurl 'https:\/\/a\.test\/' .*Bearer <redacted>/s),
  ])
  expect(root.querySelector('[role=menu]')).toBeNull()
})

test('secrets are copied when asked for, each time anew', async () => {
  const { toggle, item, click } = await openMenu(SECRET)
  await click('With secrets')
  expect(item('With secrets')).toHaveProperty('checked', true)
  await click('cURL (bash)')
  await vi.waitFor(() => expect(copied).toEqual([expect.stringContaining('Bearer abcdefgh12345678')]))
  await toggle('open')
  expect(item('With secrets')).toHaveProperty('checked', false)
})

test('with redaction switched off, secrets are copied unless they are left out for once', async () => {
  const { item, click } = await openMenu(SECRET, { on: false, names: [] })
  expect(item('With secrets')).toHaveProperty('checked', true)
  await click('cURL (bash)')
  await vi.waitFor(() => expect(copied).toEqual([expect.stringContaining('Bearer abcdefgh12345678')]))
})

test("the user's own names are secrets, however they are written", async () => {
  const odd = { ...text('{"xTicketNo":"34"}'), headers: [['X-Ticket_No', '12']] } satisfies OddRequest
  const { click } = await openMenu(odd, { on: true, names: ['x-ticket-no'] })
  await click('cURL (bash)')
  await vi.waitFor(() =>
    expect(copied).toEqual([expect.stringMatching(/X-Ticket_No: <redacted>.*"xTicketNo":"<redacted>"/s)]),
  )
})

test('arrow keys, Home, End and Enter move and choose', async () => {
  const { items, press, item } = await openMenu(SECRET)
  const focused = () => items().findIndex((one) => one === document.activeElement)
  expect(focused()).toBe(0)
  await press('ArrowDown')
  expect(focused()).toBe(1)
  await press('Home')
  await press('ArrowUp')
  expect(document.activeElement).toBe(item('With secrets'))
  await press('Enter')
  expect(item('With secrets')).toHaveProperty('checked', true)
  await press('End')
  await press('ArrowDown')
  expect(focused()).toBe(0)
})

test('Escape closes the menu, and DevTools does not hear of it', async () => {
  const { root, press } = await openMenu(SECRET)
  const heard: string[] = []
  document.body.addEventListener('keydown', ({ key }) => heard.push(key))
  await press('Escape')
  expect(root.querySelector('[role=menu]')).toBeNull()
  expect(document.activeElement?.textContent).toBe('Copy as ▾')
  expect(heard).toEqual([])
})

test('what cannot be copied so says why, and does nothing', async () => {
  const { item, click } = await openMenu({ method: 'POST' })
  expect(item('EventSource').textContent).toContain('EventSource (sends GET only, not POST)')
  expect(item('EventSource').getAttribute('aria-disabled')).toBe('true')
  await click('EventSource')
  await click('HTTP message')
  await vi.waitFor(() => expect(copied).toEqual([expect.stringContaining('POST / HTTP/1.1')]))
})

test('the menu warns of a body that was not recorded', async () => {
  const { root } = await openMenu({ method: 'POST', body: { kind: 'stream' } })
  expect(root.querySelector('.sentences')?.textContent).toContain('The body is missing: it was a stream')
})
