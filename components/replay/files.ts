import { toBase64 } from '../../lib/export/body.ts'
import type { ChosenFile } from '../../lib/replay/editor/form.ts'

/** What can be sent from here at all. */
export const MOST_FILE_BYTES = 32 * 1024 * 1024

/** The file's bytes; null where it is too large. Rejects where it cannot be read. */
export async function readFile(file: File): Promise<ChosenFile | null> {
  if (file.size > MOST_FILE_BYTES) return null
  const bytes = new Uint8Array(await file.arrayBuffer())
  return { name: file.name, type: file.type, base64: toBase64(bytes), sizeBytes: bytes.length }
}
