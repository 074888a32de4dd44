/** Which windows a document's scripts can reach by themselves. Runs in both worlds, before any script of the document. */

const { apply, getOwnPropertyDescriptor } = Reflect

/** The browser's own getters: a relative of the same origin may have put others in its window. */
const read = (key: 'parent' | 'opener', of: Window): Window | null =>
  apply(getOwnPropertyDescriptor(window, key)?.get as () => Window | null, of, [])

/** What `look` finds in the nearest window around this one, or in the one that opened it; those that it may not look into are passed over. */
export function findRelative<Found>(look: (relative: Window) => Found | undefined): Found | undefined {
  const attempt = (relative: Window | null): Found | undefined => {
    try {
      return relative ? look(relative) : undefined
    } catch {
      // Of another origin: no script of this document can reach it either.
      return undefined
    }
  }
  let at: Window | null = window
  for (let parent = read('parent', at); parent && parent !== at; parent = read('parent', at)) {
    const found = attempt(parent)
    if (found !== undefined) return found
    at = parent
  }
  return attempt(read('opener', at))
}
