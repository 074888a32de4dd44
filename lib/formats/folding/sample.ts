/** The path of an address; the address itself where it is none. */
export function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url
}
