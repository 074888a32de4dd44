import type { TextStorage } from '../../lib/session/store/text-storage.ts'

/** A storage for texts in memory, whose work takes at least a turn, as the browser's does. */
export function memoryStorage(): TextStorage & { readonly texts: Map<number, string>; refuses: boolean } {
  const texts = new Map<number, string>()
  let next = 1
  const storage = {
    texts,
    refuses: false,
    async put(text: string) {
      await Promise.resolve()
      if (storage.refuses) throw new Error('The quota is used up')
      texts.set(next, text)
      next += 1
      return next - 1
    },
    get: async (keys: readonly number[]) => keys.map((key) => texts.get(key)),
    remove: (keys: readonly number[]) => keys.forEach((key) => texts.delete(key)),
  }
  return storage
}
