/** Values written as JavaScript. */
import type { FormEntry } from '../protocol.ts'
import { type SentBody, toBase64 } from './body.ts'

export function toJsString(text: string): string {
  const json = JSON.stringify(text)
  // JSON escapes every double quote, so that none of its backslashes belongs to anything else.
  return `'${json.slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`
}

/** A property's name, quoted where it must be. */
export function toJsName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) && name !== '__proto__' ? name : toJsString(name)
}

/** `name: value` lines; the values are code already. */
export function toJsObject(fields: readonly (readonly [name: string, code: string])[], indent: string): string {
  if (fields.length === 0) return '{}'
  return `{\n${fields.map(([name, code]) => `${indent}  ${name}: ${code},\n`).join('')}${indent}}`
}

/** What comes before the call, and the body as code; null for none. `typed`: it has a type, or gets one. */
export function toJsBody(
  body: SentBody,
  typed: boolean,
): { readonly before: readonly string[]; readonly code: string | null } {
  switch (body.kind) {
    case 'none':
      return { before: [], code: null }
    case 'text': {
      const code = toJsonCode(body.text) ?? toJsString(body.text)
      // A string would get a type.
      return { before: [], code: typed ? code : `new TextEncoder().encode(${code})` }
    }
    case 'bytes':
      return { before: [], code: `Uint8Array.from(atob('${toBase64(body.bytes)}'), (char) => char.charCodeAt(0))` }
    case 'form':
      return { before: ['const form = new FormData()', ...body.entries.map(toAppend)], code: 'form' }
    default:
      return body satisfies never
  }
}

/** Only where it makes the very same text again. */
function toJsonCode(text: string): string | null {
  if (!/^\s*[[{]/.test(text) || text.includes('__proto__')) return null
  try {
    const value: unknown = JSON.parse(text)
    if (JSON.stringify(value) !== text) return null
    return `JSON.stringify(${JSON.stringify(value, null, 2).replaceAll('\n', '\n  ')})`
  } catch {
    // No JSON, or nested too deep: it is written as a string.
    return null
  }
}

function toAppend(entry: FormEntry): string {
  const name = toJsString(entry.name)
  if ('value' in entry) return `form.append(${name}, ${toJsString(entry.value)})`
  const options = entry.type === '' ? '' : `, { type: ${toJsString(entry.type)} }`
  return `form.append(${name}, new Blob([/* the file's bytes */]${options}), ${toJsString(entry.fileName)})`
}
