/**
 * What a page that looks for it can still tell, and why. The list is part of the promise: nothing else may differ, and what
 * is here is printed with every run.
 */
import type { Difference } from './compare.ts'

interface Known {
  /** Empty: in all of them. */
  readonly browser?: 'chromium' | 'firefox'
  /** Empty: in all of them. */
  readonly probe: string
  readonly differs: (difference: Difference) => boolean
  readonly why: string
}

const under =
  (path: string) =>
  (difference: Difference): boolean =>
    difference.path === path || difference.path.startsWith(`${path}.`)

export const known: readonly Known[] = [
  {
    probe: 'identity/responseInstances',
    differs: under('promised'),
    why: 'A promise that nobody reacted to yet has an own `constructor`; it goes with the first `then` or `await`. It tells us whether the page handles a rejection, which no platform function does.',
  },
  {
    probe: 'arguments/getterOrder',
    differs: ({ without, with: seen }) =>
      without === undefined &&
      typeof seen === 'string' &&
      /^(?:getOwnPropertyDescriptor|getPrototypeOf|ownKeys)\b/.test(seen),
    why: 'A request described by a Proxy sees us look at its property descriptors after the browser has read it. Getters and `get` traps run as often as natively.',
  },
  {
    probe: 'identity/reflectedCircles',
    differs: ({ without, with: seen }) => without === false && seen === 'TypeError',
    why: 'Reflect.setPrototypeOf throws for a circle of prototypes, where it natively gives false: a Proxy is not told which function sets its prototype, and Object.setPrototypeOf has to throw the right error.',
  },
  {
    browser: 'chromium',
    probe: 'response/redirects',
    differs: (difference) => under('manual, to data')(difference) || under('manual, to nowhere')(difference),
    why: 'Beside any extension that may set headers of requests (ours may, for replays), Chromium refuses a redirect to a data: or an invalid URL also where the page asked to handle redirects itself. The permission alone does it, without a rule; it does not work as one that is taken when needed.',
  },
  {
    probe: 'order/abortWhileReading',
    differs: under('3'),
    why: 'An abort reaches the sink of a pipe some microtasks later, in the same task: our stand-in is one stream more.',
  },
  {
    probe: 'ending/errorStacks',
    differs: under('12'),
    why: "An error that a page's own callback makes while the browser calls it (a `toString` of the URL) has our frames in its stack: it is the page's error, made in the page.",
  },
  {
    browser: 'firefox',
    probe: 'arguments/unhandledRejections',
    differs: under('1'),
    why: 'Firefox tells `rejectionhandled` of promises that no page ever had, and of some that were handled all along, like those of readers: with ours there are more of them. What `unhandledrejection` tells is the same.',
  },
  {
    browser: 'firefox',
    probe: '',
    differs: ({ path }) => /(?:^|\.)stack(?:\.|$)/.test(path),
    why: 'Firefox keeps stacks where they cannot be changed without adding a property to the error: calls through us show our frame.',
  },
  ...(['ending/errorStacks', 'ending/depthOfStack'] as const).map((probe): Known => ({
    browser: 'firefox',
    probe,
    // Their facts are stacks, a list of lines each.
    differs: ({ path }) => /^\d+(?:\.\d+)?$/.test(path),
    why: 'Firefox keeps stacks where they cannot be changed without adding a property to the error: calls through us show our frame.',
  })),
]

/** Why a difference is known, or null. */
export function whyKnown(browser: string, probe: string, difference: Difference): string | null {
  const applies = (entry: Known): boolean =>
    (entry.browser ?? browser) === browser && (entry.probe === '' || entry.probe === probe) && entry.differs(difference)
  return known.find(applies)?.why ?? null
}
