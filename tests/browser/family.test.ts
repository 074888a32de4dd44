/** A page that compares functions across the windows it reaches finds native ones, whichever window's toString it asks. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Answer } from '../helpers/stream-server.ts'
import { until } from '../helpers/until.ts'
import { useBench } from './setup.ts'

const html =
  (text: string): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end(`<!doctype html>${text}`)
  }

/** Defines `foreignTo(view)`: what this window and `view` say of each other's functions, where that is not native. */
const COMPARE = `<script>
  window.foreignTo = (view) => {
    const name = '^function \\\\w+\\\\(\\\\) \\\\{\\\\s+\\\\[native code\\\\]\\\\s+\\\\}$'
    const found = []
    const look = (of, by, place) => {
      for (const [key, value] of [['fetch', of.fetch], ['EventSource', of.EventSource], ['send', of.XMLHttpRequest.prototype.send],
          ['toString', of.Function.prototype.toString], ['read', of.ReadableStreamDefaultReader.prototype.read]]) {
        const text = by.Function.prototype.toString.call(value)
        if (!new RegExp(name).test(text)) found.push(place + ' ' + key + ': ' + text)
      }
    }
    look(window, view, 'mine')
    look(view, window, 'its')
    return found
  }
</script>`

const bench = useBench({
  '/family': html(`${COMPARE}<script>
    // In the very task that made them, before anything could be sent or waited for.
    const fresh = document.createElement('iframe')
    document.documentElement.append(fresh)
    window.found = { fresh: foreignTo(fresh.contentWindow) }
  </script><iframe name="served" src="/member"></iframe><iframe name="written" srcdoc="<p>frame</p>"></iframe>`),
  '/member': html(
    `${COMPARE}<script>window.found = foreignTo(parent)</script><iframe name="inner" src="/inner"></iframe>`,
  ),
  '/inner': html(`${COMPARE}<script>window.found = [...foreignTo(parent), ...foreignTo(top)]</script>`),
  '/around': html(COMPARE),
  '/between': html(''),
  '/opened': html(`${COMPARE}<script>window.found = foreignTo(opener)</script>`),
})

const inFrame = async (page: Page, name: string, expression: string): Promise<unknown> => {
  const frame = await until(`the frame ${name}`, () => Promise.resolve(page.frame({ name })))
  await frame.waitForLoadState()
  return frame.evaluate(expression)
}

test('frames of one origin, at once and later, in both directions', async () => {
  const page = await bench().chromium.newPage(`${bench().server.url}family`)
  expect(await page.evaluate('found')).toEqual({ fresh: [] })
  expect(await inFrame(page, 'served', 'found')).toEqual([])
  expect(await inFrame(page, 'inner', 'found')).toEqual([])
  expect(await inFrame(page, 'served', 'foreignTo(parent.frames.written)')).toEqual([])
  // A frame that goes to another page of its origin is still one of the family.
  await page.evaluate("frames.written.location = '/inner'")
  await until('the other page', () => page.evaluate('frames.written.foreignTo !== undefined'))
  expect(await page.evaluate('foreignTo(frames.written)')).toEqual([])
  await page.close()
})

test('a frame within a frame of another origin finds the page of its own around both', async () => {
  const { server, chromium } = bench()
  const page = await chromium.newPage(`${server.url}around`)
  await page.evaluate((url) => {
    const frame = document.createElement('iframe')
    frame.name = 'between'
    frame.src = url
    document.body.append(frame)
  }, `${server.otherUrl}between`)
  await inFrame(
    page,
    'between',
    `{
    const frame = document.createElement('iframe')
    frame.name = 'inside'
    frame.src = '${server.url}member?inside'
    document.body.append(frame)
  }`,
  )
  // Its own parent is of another origin.
  expect(await inFrame(page, 'inside', 'foreignTo(top)')).toEqual([])
  await page.close()
})

test('a window that the page opened, empty or not', async () => {
  const { server, chromium } = bench()
  const page = await chromium.newPage(`${server.url}around?opens`)
  const empty = page.waitForEvent('popup')
  await page.evaluate(
    "{ addEventListener('click', () => { window.found = foreignTo(window.empty = open('')) }, { once: true }) }",
  )
  await page.mouse.click(5, 5)
  await empty
  expect(await page.evaluate('found')).toEqual([])
  const opening = page.waitForEvent('popup')
  await page.evaluate("{ addEventListener('click', () => open('/opened'), { once: true }) }")
  await page.mouse.click(5, 5)
  const popup = await opening
  await popup.waitForLoadState()
  expect(await popup.evaluate('found')).toEqual([])
  for (const opened of page
    .context()
    .pages()
    .filter((one) => one !== page && one.url().includes('opened')))
    await opened.close()
  await page.close()
})
