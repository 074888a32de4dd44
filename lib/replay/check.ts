/** What a browser forbids, or does otherwise than asked, said before anything is sent. */
import { msg } from '../i18n/translate.ts'
import { hasBadPort } from './bad-ports.ts'
import { checkBody } from './check-body.ts'
import { checkHeaders } from './check-headers.ts'
import { isToken } from './headers.ts'
import { CAREFUL_TIMES, MOST_AT_ONCE, MOST_TIMES, type Problem, type ReplayPlan } from './replay.ts'

/** Where a plan is to be sent from. */
export interface Surroundings {
  /** URL of the document that would send it as the page; empty where it is not known. */
  readonly pageUrl: string
  /** URL of the document that sent the original; empty where there is none. */
  readonly originalPageUrl: string
  /** Whether the page can be asked to send: it answers, and capture is on in it. */
  readonly page: 'ready' | 'unreachable' | 'not-capturing'
  /** The user lets the extension send to all sites. */
  readonly isGranted: boolean
}

type Check = (plan: ReplayPlan, around: Surroundings) => readonly Problem[]

const CHECKS: readonly Check[] = [checkUrl, checkMethod, checkHeaders, checkBody, checkOptions, checkWay, checkBounds]

/** Errors first. */
export function checkPlan(plan: ReplayPlan, around: Surroundings): readonly Problem[] {
  const problems = CHECKS.flatMap((check) => check(plan, around))
  return [...problems.filter(isError), ...problems.filter((problem) => !isError(problem))]
}

export const isError = ({ severity }: Problem): boolean => severity === 'error'

/** Chrome's timers, and Firefox's, hold no longer. */
const MOST_MS = 2 ** 31 - 1

function checkUrl({ request, way }: ReplayPlan, { pageUrl }: Surroundings): readonly Problem[] {
  const error = (message: string, values = {}): readonly Problem[] => [
    { field: 'url', severity: 'error', message, values },
  ]
  const url = URL.parse(request.url)
  if (url === null) {
    return error(
      /^[\w+.-]+:/.test(request.url)
        ? msg('This is no URL that a browser can read.')
        : msg('The URL has to be complete: https://host/path'),
    )
  }
  const { protocol } = url
  if (!/^https?:$/.test(protocol)) {
    if (/^(?:blob|data):$/.test(protocol))
      return way === 'page' ? [] : error(msg('Only the page itself can reach a {protocol} URL.'), { protocol })
    return error(msg('Requests go to http: and https: URLs, not to {protocol}'), { protocol })
  }
  if (url.username !== '' || url.password !== '')
    return error(msg('Browsers refuse a URL with a user name in it. Use an Authorization header.'))
  if (hasBadPort(url)) return error(msg('Browsers refuse to connect to port {port}.'), { port: url.port })
  if (way === 'page' && isMixed(url, pageUrl)) {
    const message = msg('From an https: page the browser blocks http:, or makes it https:.')
    return [{ field: 'url', severity: 'warning', message, wayOn: 'extension' }]
  }
  return []
}

/** Mixed Content standard; what is on this computer counts as safe. */
function isMixed({ protocol, hostname }: URL, pageUrl: string): boolean {
  if (protocol !== 'http:' || !pageUrl.startsWith('https:')) return false
  return !/^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)
}

function checkMethod({ request: { method }, as }: ReplayPlan): readonly Problem[] {
  const error = (message: string): readonly Problem[] => [
    { field: 'method', severity: 'error', message, values: { method } },
  ]
  if (as === 'eventsource')
    return method === 'GET' ? [] : error(msg('An EventSource can only use GET. Send it as fetch.'))
  if (!isToken(method)) return error(msg('This is no HTTP method.'))
  return /^(?:connect|trace|track)$/i.test(method) ? error(msg('Browsers never send {method}.')) : []
}

function checkOptions({ request, way, as }: ReplayPlan, { pageUrl }: Surroundings): readonly Problem[] {
  if (way === 'extension' || as === 'eventsource') return checkTimeout(request.timeoutMs)
  const problems: Problem[] = [...checkTimeout(request.timeoutMs)]
  const own = URL.parse(pageUrl)?.origin
  const isForeign = own !== undefined && URL.parse(request.url)?.origin !== own
  if (request.mode === 'same-origin' && isForeign) {
    const message = msg('The page is at {origin}: this mode lets it send nowhere else.')
    problems.push({ field: 'mode', severity: 'error', message, values: { origin: own }, wayOn: 'extension' })
  }
  if (request.mode === 'no-cors') problems.push(...checkNoCors(request.method))
  if (request.cache === 'only-if-cached' && request.mode !== 'same-origin') {
    problems.push({
      field: 'mode',
      severity: 'error',
      message: msg('The cache only-if-cached needs the mode same-origin.'),
    })
  }
  const referrer = request.referrer === '' ? null : URL.parse(request.referrer, pageUrl === '' ? undefined : pageUrl)
  if (referrer !== null && referrer.protocol !== 'about:' && own !== undefined && referrer.origin !== own) {
    const message = msg('A page can only name a referrer of its own site: the browser sends the usual one.')
    problems.push({ field: 'referrer', severity: 'warning', message, wayOn: 'extension' })
  }
  return problems
}

function checkNoCors(method: string): readonly Problem[] {
  if (!/^(?:get|head|post)$/i.test(method)) {
    const message = msg('The mode no-cors only lets GET, HEAD and POST through.')
    return [{ field: 'mode', severity: 'error', message, wayOn: 'extension' }]
  }
  const message = msg('With the mode no-cors nobody can read the answer: no status, no events.')
  return [{ field: 'mode', severity: 'warning', message, wayOn: 'extension' }]
}

function checkTimeout(ms: number | null): readonly Problem[] {
  if (ms === null || isBetween(ms, 1, MOST_MS)) return []
  return [
    { field: 'timeout', severity: 'error', message: msg('The limit has to be a number of milliseconds above 0.') },
  ]
}

function checkWay(plan: ReplayPlan, around: Surroundings): readonly Problem[] {
  if (plan.way === 'extension') {
    if (around.isGranted) return []
    const message = msg('The browser will ask whether the extension may send requests to this site.')
    return [{ field: 'way', severity: 'warning', message }]
  }
  const error = (message: string): readonly Problem[] => [
    { field: 'way', severity: 'error', message, wayOn: 'extension' },
  ]
  if (around.page === 'unreachable') return error(msg('The page does not answer. Reload it, or send as the extension.'))
  if (around.page === 'not-capturing') {
    return error(msg('Capture is switched off for this page. Switch it on and reload, or send as the extension.'))
  }
  const [origin, before] = [URL.parse(around.pageUrl)?.origin, URL.parse(around.originalPageUrl)?.origin]
  if (origin === undefined || before === undefined || origin === before) return []
  const message = msg('The page was at {before} then, and is at {origin} now: the request comes from there.')
  return [{ field: 'way', severity: 'warning', message, values: { before, origin } }]
}

function checkBounds({ repeat, stopAfter, request, as }: ReplayPlan): readonly Problem[] {
  const problems: Problem[] = []
  if (!isBetween(repeat.times, 1, MOST_TIMES)) {
    const message = msg('It can be sent 1 to {most} times.')
    problems.push({ field: 'repeat', severity: 'error', message, values: { most: MOST_TIMES } })
  }
  if (!isBetween(repeat.atOnce, 1, MOST_AT_ONCE)) {
    const message = msg('It can be sent 1 to {most} times at once.')
    problems.push({ field: 'repeat', severity: 'error', message, values: { most: MOST_AT_ONCE } })
  }
  if (repeat.times > CAREFUL_TIMES && !/^(?:get|head)$/i.test(request.method)) {
    const message = msg('{times} requests may change something {times} times.')
    problems.push({ field: 'repeat', severity: 'warning', message, values: { times: repeat.times } })
  }
  const isCached = as === 'fetch' && /^get$/i.test(request.method) && request.cache !== 'no-store'
  if (isCached && repeat.times > 1 && repeat.atOnce > 1) {
    const message = msg('Equal GET requests wait for one another in the browser’s cache, unless cache is no-store.')
    problems.push({ field: 'repeat', severity: 'warning', message })
  }
  for (const bound of [stopAfter.events, stopAfter.ms]) {
    if (bound === null || isBetween(bound, 1, MOST_MS)) continue
    problems.push({
      field: 'stopAfter',
      severity: 'error',
      message: msg('The bound has to be a whole number above 0.'),
    })
  }
  return problems
}

const isBetween = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most
