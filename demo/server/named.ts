import { sample } from './sample.ts'

/** What a connection to /named begins with: a comment and the wait before a reconnect. */
export function namedOpening(sent: number, retryMs: number): string {
  return `: ${sent === 0 ? 'from the start' : `resuming after ${sent}`}\nretry: ${retryMs}\n\n`
}

/** Event `n` of /named. Types, many-line data and comments take turns, so that a few events show them all. */
export function namedBlock(n: number, total: number): string {
  switch (n % 3) {
    case 1:
      return `id: ${n}\ndata: ${JSON.stringify(sample(n, total))}\n\n`
    case 2:
      return `event: progress\nid: ${n}\ndata: ${Math.round((100 * n) / total)}\n\n`
    default:
      return `: still here\n\nevent: note\nid: ${n}\ndata: first line of ${n}\ndata: second line of ${n}\n\n`
  }
}
