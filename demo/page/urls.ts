/** Query parameters that the page hands on to the server: open the page as /?count=30&interval=10 for longer or quicker streams. */
const HANDED_ON = ['count', 'interval'] as const

/** The absolute URL of one of the server's streams. */
export function urlOf(route: string): string {
  const url = new URL(`/${route}`, location.href)
  const given = new URLSearchParams(location.search)
  for (const name of HANDED_ON) {
    const value = given.get(name)
    if (value !== null) url.searchParams.set(name, value)
  }
  return url.href
}
