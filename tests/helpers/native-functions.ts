/** Tells what stands in the places of a page's native functions: themselves, or a Proxy as capture puts there. */
import type { Page } from 'playwright-core'
import type { Firefox } from './firefox.ts'

/**
 * Script of a page: `keepFunctions(name, view)` keeps every function that is found on the window, its classes and their
 * prototypes as `window.kept[name]` of the top page.
 */
export const KEEP_FUNCTIONS = `function keepFunctions(name, view) {
  const kept = {}
  const add = (owner, object) => {
    for (const key of Reflect.ownKeys(object)) {
      const found = Reflect.getOwnPropertyDescriptor(object, key)
      for (const slot of ['value', 'get', 'set']) if (typeof found[slot] === 'function') kept[owner + '.' + String(key) + '.' + slot] = found[slot]
    }
  }
  add('window', view)
  for (const key of Object.getOwnPropertyNames(view)) {
    const made = Reflect.getOwnPropertyDescriptor(view, key).value
    if (typeof made === 'function' && made.prototype) add(key, made.prototype)
  }
  add('iterator', Object.getPrototypeOf(new view.ReadableStream().values()))
  ;(top.kept ??= {})[name] = kept
}`

/** Names of the functions kept as `name` that are Proxies. Only the browser itself can tell. */
export async function proxiesAmong(page: Page, name: string): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  try {
    const expression = `kept[${JSON.stringify(name)}]`
    const { result } = await session.send('Runtime.evaluate', { expression })
    if (!result.objectId) throw new Error(`The page kept nothing as ${name}.`)
    const found = await session.send('Runtime.getProperties', { objectId: result.objectId, ownProperties: true })
    if (found.result.length < 1_000) throw new Error(`Only ${found.result.length} functions were kept as ${name}.`)
    return found.result.filter(({ value }) => value?.subtype === 'proxy').map((property) => property.name)
  } finally {
    await session.detach()
  }
}

/** The same in Firefox. */
export async function proxiesAmongInFirefox({ marionette }: Firefox, name: string): Promise<string[]> {
  await marionette.command('Marionette:SetContext', { value: 'content' })
  const script = `const kept = Cu.waiveXrays(window).kept[arguments[0]]
    const names = Object.keys(kept)
    return [names.length, names.filter((name) => Cu.isProxy(kept[name]))]`
  const sandbox = { sandbox: 'system', newSandbox: true }
  const answer = await marionette.command('WebDriver:ExecuteScript', { script, args: [name], ...sandbox })
  const [count, names] = (answer as { value: [number, string[]] }).value
  if (count < 1_000) throw new Error(`Only ${count} functions were kept as ${name}.`)
  return names
}
