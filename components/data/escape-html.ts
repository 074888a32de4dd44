const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** As it would stand in HTML. What cannot be seen is written as its number: controls, odd spaces, direction marks, lone surrogates. */
export function escapeHtml(text: string): string {
  return text.replaceAll(
    /[&<>"']|(?![\n ])[\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (sign) => NAMED[sign] ?? `&#x${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase()};`,
  )
}
