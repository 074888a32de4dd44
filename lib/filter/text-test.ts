import type { TextMatch } from './filter.ts'

/** Makes the quickest test for a match. Case aside, by one expression: no copy of each text in lower case. */
export function toTextTest(match: TextMatch): (text: string) => boolean {
  const regex = toSearch(match)
  return (text) => regex.test(text)
}

/** An expression that finds what the match is about; for marking it too. */
export function toSearch(match: TextMatch): RegExp {
  switch (match.how) {
    case 'contains':
      return new RegExp(escapeForRegex(match.text), 'iu')
    case 'is':
      return new RegExp(`^${escapeForRegex(match.text)}$`, 'iu')
    case 'regex':
      return match.regex
    default:
      return match satisfies never
  }
}

export function escapeForRegex(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
}
