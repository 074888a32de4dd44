/** What of a Chinese text is still an English sentence; empty if nothing is. Data in quotes stay as they came. */
export function leftEnglish(text: string): string {
  if (text === '' || !/\p{Script=Han}/u.test(text)) return text
  return /(?:\b[a-z]{2,} ){2}[a-z]{2,}\b/.exec(text.replaceAll(/'[^']*'/g, ''))?.[0] ?? ''
}
