/** What runs in the panel while it is measured. Each function goes there as text, so it may use nothing from outside itself. */

/** Moments are ms since 1970, with the panel's fraction: pages of one machine share that clock. */
interface Watch {
  longestTaskMs: number
  /** Per row of the list: `seen[row][n]` is when `n` events stood on screen. */
  readonly seen: (number | undefined)[][]
  stop(): void
}
declare global {
  var watch: Watch | undefined
}

/** Begins to note how long tasks take and when which count of events is on screen; what was noted before is forgotten. */
export function startWatch(): void {
  globalThis.watch?.stop()
  const seen: (number | undefined)[][] = []
  const tasks = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watch.longestTaskMs = Math.max(watch.longestTaskMs, duration)
  })
  tasks.observe({ type: 'longtask' })
  const look = (): void => {
    for (const [row, cell] of document.querySelectorAll('[data-connection] [data-column=events]').entries()) {
      const count = Number(cell.textContent?.replace(/\D/g, ''))
      const times = (seen[row] ??= [])
      if (times[count] === undefined) {
        times[count] = NaN
        // The panel draws inside of frames: a task that begins after the change begins after its painting.
        setTimeout(() => (times[count] = performance.timeOrigin + performance.now()))
      }
    }
  }
  const changes = new MutationObserver(look)
  changes.observe(document.body, { subtree: true, childList: true, characterData: true })
  const watch: Watch = {
    longestTaskMs: 0,
    seen,
    stop() {
      tasks.disconnect()
      changes.disconnect()
    },
  }
  globalThis.watch = watch
}

export function readWatch(): { readonly longestTaskMs: number; readonly seen: (number | null)[][] } {
  const { longestTaskMs, seen } = globalThis.watch ?? { longestTaskMs: NaN, seen: [] }
  return { longestTaskMs, seen: seen.map((times) => Array.from(times, (ms) => ms ?? null)) }
}

/** Resolves with the moment when the first row of the list shows `text` as its count of events. */
export function whenCounted(text: string): Promise<number> {
  return new Promise((resolve) => {
    const look = (): void => {
      const cell = document.querySelector('[data-connection] [data-column=events]')
      if (cell?.textContent === text)
        requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())))
      else requestAnimationFrame(look)
    }
    look()
  })
}

/** Resolves with the moment when the list says that it holds `text` connections. */
export function whenListed(text: string): Promise<number> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (document.querySelector('.toolbar .summary')?.textContent?.startsWith(text) === true)
        requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())))
      else requestAnimationFrame(look)
    }
    look()
  })
}

/** Takes the ended connections out of the list; resolves when none is left. */
export async function clearList(): Promise<void> {
  while (document.querySelector('[data-connection]') !== null) {
    document.querySelector<HTMLElement>('button[aria-label="Clear"]')?.click()
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
}

/** Opens the first row in the Events tab; resolves when its table stands. */
export async function openEvents(): Promise<void> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  document.querySelector<HTMLElement>('[data-connection]')?.click()
  while (document.querySelector('[role=grid][aria-label=Events]') === null) {
    const tab = [...document.querySelectorAll<HTMLElement>('[role=tab]')].find(({ textContent }) =>
      textContent?.startsWith('Events'),
    )
    tab?.click()
    await frame()
  }
}

/** Filters the open table; resolves with how long the first rows and all `expected` took. */
export async function filterEvents(text: string, expected: number): Promise<{ firstMs: number; allMs: number }> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const rows = () => Number(document.querySelector('[role=grid][aria-label=Events]')?.getAttribute('aria-rowcount')) - 1
  const input = document.querySelector<HTMLInputElement>('input[aria-label="Filter events"]')
  if (input === null) throw new Error('The Events tab has no filter')
  const before = rows()
  const startMs = performance.now()
  input.value = text
  input.dispatchEvent(new Event('input', { bubbles: true }))
  let firstMs = 0
  while (rows() !== expected) {
    await frame()
    if (firstMs === 0 && rows() > 0 && rows() !== before) firstMs = performance.now() - startMs
    if (performance.now() - startMs > 60_000) throw new Error(`${rows()} of ${expected} rows after a minute`)
  }
  const allMs = performance.now() - startMs
  return { firstMs: firstMs || allMs, allMs }
}

/** From a key press or a scroll to the row on screen; `to` is a row's number as the table writes it. */
export async function jump(to: 'Home' | 'End' | 'middle', row: string | null): Promise<number> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const grid = document.querySelector<HTMLElement>('[role=grid][aria-label=Events]')
  if (grid === null) throw new Error('There is no table of events')
  const first = () => grid.querySelector('[data-entry]')?.getAttribute('data-entry')
  const before = first()
  const startMs = performance.now()
  if (to === 'middle') grid.scrollTop = grid.scrollHeight / 2
  else grid.dispatchEvent(new KeyboardEvent('keydown', { key: to, bubbles: true, cancelable: true }))
  const isThere = () =>
    row === null
      ? first() !== before
      : [...grid.querySelectorAll('[data-column=number]')].some(({ textContent }) => textContent === row)
  while (!isThere()) {
    await frame()
    if (performance.now() - startMs > 20_000) throw new Error(`Row ${row ?? ''} did not come in 20 s`)
  }
  await frame()
  return performance.now() - startMs
}

/** Drags over the middle of the overview; resolves with how long it took until the table stopped changing. */
export async function selectSpan(): Promise<number> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const stage = document.querySelector<HTMLElement>('.timeline-overview [role=application]')
  const grid = document.querySelector('[role=grid][aria-label=Events]')
  if (stage === null || grid === null) throw new Error('There is no overview')
  const { left, width, top, height } = stage.getBoundingClientRect()
  const point = (type: string, part: number) =>
    stage.dispatchEvent(
      new PointerEvent(type, {
        bubbles: true,
        cancelable: true,
        button: 0,
        buttons: type === 'pointerup' ? 0 : 1,
        pointerId: 1,
        clientX: left + width * part,
        clientY: top + height / 2,
      }),
    )
  const startMs = performance.now()
  point('pointerdown', 0.3)
  point('pointermove', 0.45)
  point('pointermove', 0.6)
  point('pointerup', 0.6)
  let [last, changedMs, still] = ['', 0, 0]
  while (still < 20) {
    await frame()
    const now = `${grid.getAttribute('aria-rowcount')} ${document.querySelectorAll('[data-connection]').length}`
    still = now === last ? still + 1 : 0
    if (now !== last) changedMs = performance.now() - startMs
    last = now
  }
  return changedMs
}

/** Shows all of the time again. */
export function clearSpan(): void {
  document
    .querySelector('.timeline-overview [role=application]')
    ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }))
}

/** Copies the open connection as HAR; resolves with how long it took until that was said. */
export async function exportHar(): Promise<number> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const find = (selector: string, text: string) =>
    [...document.querySelectorAll<HTMLElement>(selector)].find(({ textContent }) => textContent?.startsWith(text))
  find('[role=tab]', 'Request')?.click()
  while (find('button', 'Copy as') === undefined) await frame()
  find('button', 'Copy as')?.click()
  while (find('[role=menuitem]', 'HAR') === undefined) await frame()
  const startMs = performance.now()
  find('[role=menuitem]', 'HAR')?.click()
  while (find('[role=status]', 'Cop') === undefined) await frame()
  return performance.now() - startMs
}
