import type { PastedEntry } from './pasted.ts'
import { readByteText } from './bytes.ts'

/** What `--form` and `--form-string` say; null where it is none. curl's manual, "--form". */
export function readFormOption(value: string, isString: boolean): PastedEntry | null {
  const text = readByteText(value)
  const at = text.indexOf('=')
  if (at === -1) return null
  const name = text.slice(0, at)
  const content = text.slice(at + 1)
  if (isString) return { name, value: content }
  const [first = '', ...parts] = content.startsWith('@') || content.startsWith('<') ? splitParts(content) : [content]
  const option = (wanted: string) => parts.find((part) => part.startsWith(`${wanted}=`))?.slice(wanted.length + 1)
  if (!/^[@<]/.test(first)) {
    const [bare = '', ...rest] = splitParts(content)
    return { name, value: rest.every((part) => /^(?:type|headers|encoder)=/.test(part)) ? bare : content }
  }
  const path = unquote(first.slice(1))
  return {
    name,
    fileName: unquote(option('filename') ?? path.replace(/^.*[\\/]/s, '')),
    type: option('type') ?? '',
  }
}

/** At the `;`s outside of quotes. */
function splitParts(text: string): readonly string[] {
  return (text.match(/(?:"(?:[^"\\]|\\[^])*"|[^;"]|")+/g) ?? ['']).map((part) => part.trim())
}

function unquote(text: string): string {
  return /^".*"$/s.test(text) ? text.slice(1, -1).replace(/\\([\\"])/g, '$1') : text
}
