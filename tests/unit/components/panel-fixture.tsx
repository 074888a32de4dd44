/** A panel on a real session, fed with records as the hub would. */
import { effect } from '@preact/signals'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { Panel } from '../../../components/panel/Panel.tsx'
import type { StreamRecord } from '../../../lib/protocol.ts'
import { createSession } from '../../../lib/session/session.ts'
import { createSettings, memoryArea } from '../../../lib/settings.ts'
import { toOwnFormats } from '../../../lib/turns/own-rules.ts'
import { siteOf, withChoice, type CaptureControl } from '../../../lib/site-switch.ts'

type Unnumbered = StreamRecord extends infer Each ? (Each extends StreamRecord ? Omit<Each, 'n'> : never) : never

const WIDTH_PX = 1200
const HEIGHT_PX = 500

/** happy-dom has no layout and no top layer: every element is as large as a window. */
function giveElementsSize(): void {
  HTMLElement.prototype.showPopover = () => {}
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => WIDTH_PX })
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => HEIGHT_PX })
}

let lastRoot: HTMLElement | null = null

export function openPanel() {
  giveElementsSize()
  const settings = createSettings(memoryArea())
  const ownFormats = toOwnFormats(settings.values.ownRules)
  const session = createSession({ schedule: (run) => run(), ownFormats: () => ownFormats.peek() })
  effect(() => {
    void ownFormats.value
    session.lookForFormats()
  })
  // The panel of the test before would still listen to the document's keys.
  if (lastRoot !== null) render(null, lastRoot)
  const root = document.createElement('div')
  lastRoot = root
  document.body.replaceChildren(root)
  const capture: CaptureControl = {
    setting: settings.values.capture,
    choose: (choice, url) => settings.set('capture', withChoice(settings.values.capture.value, choice, siteOf(url))),
    change: (setting) => settings.set('capture', setting),
    reloadPage() {},
  }
  let n = 0
  const send = (...records: Unnumbered[]) =>
    act(() => {
      const first = n + 1
      const json = JSON.stringify(records.map((record) => ({ ...record, n: ++n })))
      session.apply({ k: 'batch', doc: 'd', first, last: n, json, part: 0, more: false })
    })
  session.apply({ k: 'welcome', v: 1, tabId: 1 })
  session.apply({ k: 'reached', doc: 'd', frameId: 0, url: 'http://site.test/', capturing: true })
  void send({ k: 'document', atMs: 0, url: 'http://site.test/', timeOriginMs: 1_000_000 })
  void act(() => render(<Panel session={session} capture={capture} settings={settings} />, root))
  const all = (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)]
  const one = (selector: string) => {
    const [element] = all(selector)
    if (element === undefined) throw new Error(`Nothing matches ${selector} in ${root.innerHTML.slice(0, 2000)}`)
    return element
  }
  return {
    session,
    settings,
    send,
    all,
    one,
    /** A stream with these texts as its chunks, still open. */
    stream: (c: number, path: string, ...texts: string[]) =>
      send(
        {
          k: 'open',
          c,
          atMs: 10,
          transport: 'fetch',
          method: 'GET',
          url: `http://site.test${path}`,
          headers: [],
          body: { kind: 'none' },
          options: {},
          stack: '',
          asked: '',
        },
        {
          k: 'head',
          c,
          atMs: 20,
          status: 200,
          statusText: 'OK',
          type: 'basic',
          redirected: false,
          url: '',
          headers: [['content-type', 'text/event-stream']],
          declared: 'Content-Type: text/event-stream',
        },
        ...texts.map((text, index) => ({ k: 'chunk' as const, c, atMs: 30 + index, sizeBytes: text.length, text })),
      ),
    end: (c: number) =>
      send({ k: 'end', c, atMs: 100, how: 'done', reason: null, by: '', stack: '', signal: null, readyState: -1 }),
    click: (selector: string) => act(() => one(selector).click()),
    key: (selector: string, key: string) =>
      act(
        () =>
          one(selector).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })) as never,
      ),
    type: (selector: string, text: string) =>
      act(() => {
        const input = one(selector) as HTMLInputElement
        input.value = text
        input.dispatchEvent(new Event('input', { bubbles: true }))
      }),
    apply: (...message: Parameters<typeof session.apply>) => act(() => session.apply(...message)),
    rows: () => all('[data-connection] [data-column=url]').map((cell) => cell.textContent),
    selected: () => all('[data-connection][aria-selected=true] [data-column=url]').map((cell) => cell.textContent),
  }
}
