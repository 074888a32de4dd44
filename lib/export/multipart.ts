import type { FormEntry } from '../protocol.ts'

export const BOUNDARY = '----StreamscopeFormBoundary7f3a91c2'

/** HTML standard, "multipart/form-data encoding algorithm"; a file that was not recorded is empty. */
export function toMultipart(entries: readonly FormEntry[]): string {
  const parts = entries.map((entry) => {
    const name = `Content-Disposition: form-data; name="${escapeName(toCrlf(entry.name))}"`
    if ('value' in entry) return `--${BOUNDARY}\r\n${name}\r\n\r\n${toCrlf(entry.value)}\r\n`
    const type = entry.type === '' ? 'application/octet-stream' : entry.type.replace(/[\r\n]/g, '')
    return `--${BOUNDARY}\r\n${name}; filename="${escapeName(entry.fileName)}"\r\nContent-Type: ${type}\r\n\r\n\r\n`
  })
  return `${parts.join('')}--${BOUNDARY}--\r\n`.toWellFormed()
}

export const MULTIPART_TYPE = `multipart/form-data; boundary=${BOUNDARY}`

export function hasFiles(entries: readonly FormEntry[]): boolean {
  return entries.some((entry) => !('value' in entry))
}

/** Where the user is to put a file that was not recorded: a page could name one of the user's own, so none of its names is a path. */
export function toFilePath({ fileName }: { readonly fileName: string }): string {
  return `path/to/${fileName.replace(/^.*[\\/:]/s, '').replace(/\p{Cc}/gu, '_') || 'file'}`
}

/** A form's line ends are CRLF on the wire. */
export function toCrlf(text: string): string {
  return text.replace(/\r\n|\r|\n/g, '\r\n')
}

function escapeName(name: string): string {
  return name.replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/"/g, '%22')
}
