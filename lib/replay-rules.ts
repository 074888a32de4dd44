/**
 * Chromium: headers on one request alone. The request's URL ends in a fragment that nobody else knows and that no server
 * sees; a session rule of declarativeNetRequest matches that fragment, at the URL's own origin, in a request of the extension.
 *
 * A rule goes with its request. What a panel left behind when it was closed or crashed is swept by the next one: a panel holds
 * a lock by its name for as long as it lives.
 */
import type { Browser } from 'wxt/browser'
import type { HeaderPair } from './protocol.ts'
import type { HeaderChanges, HeaderRules } from './replay/extension/sender.ts'

/** `browser.declarativeNetRequest`. */
type Dnr = typeof Browser.declarativeNetRequest
type Rule = Browser.declarativeNetRequest.Rule

const MARK = 'streamscope-'
const lockOf = (panel: string): string => `streamscope-panel:${panel}`

export function createHeaderRules(dnr: Dnr): HeaderRules {
  const panel = crypto.randomUUID()
  const own = new Set<number>()
  let count = 0
  void navigator.locks.request(lockOf(panel), () => new Promise(() => {}))
  void sweepRules(dnr)
  const remove = (ids: readonly number[]): void => {
    for (const id of ids) own.delete(id)
    // Refused only when the extension itself goes, and its rules with it.
    dnr.updateSessionRules({ removeRuleIds: [...ids] }).catch(() => {})
  }
  addEventListener('pagehide', () => remove([...own]))
  return {
    async put(url, changes) {
      const mark = `#${MARK}${panel}-${(count += 1)}`
      const id = newRuleId()
      const rule = toRule(id, url, mark, changes)
      // Before it is there: the panel may be closed meanwhile.
      own.add(id)
      try {
        await dnr.updateSessionRules({ addRules: [rule] })
      } catch (error) {
        own.delete(id)
        throw error
      }
      return { url: `${url}${mark}`, remove: () => own.has(id) && remove([id]) }
    },
  }
}

/** Takes away the rules of panels that are no more. */
export async function sweepRules(dnr: Dnr): Promise<void> {
  const rules = await dnr.getSessionRules()
  if (rules.length === 0) return
  const { held = [] } = await navigator.locks.query()
  const alive = held.map(({ name }) => name)
  const removeRuleIds = rules.filter((rule) => !alive.includes(lockOf(panelOf(rule)))).map(({ id }) => id)
  await dnr.updateSessionRules({ removeRuleIds })
}

const panelOf = ({ condition }: Rule): string =>
  /#streamscope-(.{36})-\d+\|$/.exec(condition.urlFilter ?? '')?.[1] ?? ''

function toRule(id: number, url: string, mark: string, { set, remove }: HeaderChanges): Rule {
  return {
    id,
    priority: 1,
    condition: {
      // A redirect takes the fragment along, and must not take the headers to another server.
      urlFilter: `|${new URL(url).origin}/*${mark}|`,
      initiatorDomains: [location.hostname],
      resourceTypes: ['xmlhttprequest'],
    },
    action: {
      type: 'modifyHeaders',
      requestHeaders: [
        ...set.map(([header, value]: HeaderPair) => ({
          header: header.toLowerCase(),
          operation: 'set' as const,
          value,
        })),
        ...remove.map((header) => ({
          header,
          operation: 'remove' as const,
        })),
      ],
    },
  }
}

/** Session rules of all panels share their numbers. */
function newRuleId(): number {
  const [word = 0] = crypto.getRandomValues(new Uint32Array(1))
  return (word % 0x7fffffff) + 1
}
