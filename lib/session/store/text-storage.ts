/** Texts in the browser's own storage (IndexedDB), for as long as the panel is there. */

/** Keeps texts by key. */
export interface TextStorage {
  /** Gives the key. Fails where the browser refuses. */
  put(text: string): Promise<number>
  /** In the order of the keys; undefined for a text that is not there. */
  get(keys: readonly number[]): Promise<readonly (string | undefined)[]>
  /** Never fails: what stays is removed with the rest. */
  remove(keys: readonly number[]): void
}

const DATABASES = 'streamscope-texts-'
const TEXTS = 'texts'

/**
 * A database of this panel's own, made with its first text. A lock shows that the panel is alive: databases without one were
 * left behind, and are removed. What a panel that goes away has stored is removed at once where the browser lets it.
 */
export function createTextStorage(): TextStorage {
  const name = `${DATABASES}${crypto.randomUUID()}`
  let database: Promise<IDBDatabase> | null = null
  let nextKey = 1

  async function open(): Promise<IDBDatabase> {
    await holdLock(name)
    await removeLeftovers()
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => void request.result.createObjectStore(TEXTS)
    const opened = await toResult(request)
    addEventListener('pagehide', () => {
      opened.close()
      indexedDB.deleteDatabase(name)
    })
    return opened
  }

  const texts = async (mode: IDBTransactionMode): Promise<IDBObjectStore> =>
    (await (database ??= open())).transaction(TEXTS, mode, { durability: 'relaxed' }).objectStore(TEXTS)

  return {
    async put(text) {
      const key = nextKey
      nextKey += 1
      const { transaction } = await texts('readwrite').then((store) => store.put(text, key))
      if (transaction !== null) await toEnd(transaction)
      return key
    },
    async get(keys) {
      const store = await texts('readonly')
      return Promise.all(keys.map((key) => toResult<string | undefined>(store.get(key))))
    },
    remove(keys) {
      texts('readwrite')
        .then((store) => keys.forEach((key) => store.delete(key)))
        .catch(() => {
          // They stay until the database is removed.
        })
    },
  }
}

/** Removes what panels left behind that are no longer there. Never fails: it can be done another time. */
export async function removeLeftovers(): Promise<void> {
  try {
    const { held = [] } = await navigator.locks.query()
    const alive = new Set(held.map((lock) => lock.name))
    for (const { name } of await indexedDB.databases()) {
      if (name?.startsWith(DATABASES) && !alive.has(name)) indexedDB.deleteDatabase(name)
    }
  } catch {
    // No storage at all, as in private windows: then there is nothing left behind either.
  }
}

/** Resolves once it is held, which lasts as long as the panel. */
function holdLock(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const untilGone = () => {
      resolve()
      return new Promise<never>(() => {})
    }
    navigator.locks.request(name, untilGone).catch(reject)
  })
}

function toResult<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('The storage failed.'))
  })
}

function toEnd(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error('The storage failed.'))
  })
}
