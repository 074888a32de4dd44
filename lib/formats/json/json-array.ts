/** Cuts a JSON array that arrives in pieces into its items. Linear: every character is looked at once. */
export interface ArraySplitter {
  /** Takes the next piece of text; calls `emit` with the JSON text of every item that it completes. */
  feed(text: string): void
  /** Whether the closing bracket came. */
  readonly closed: boolean
  /** Whether text other than white space came where an array has none: before it, after it, between items. */
  readonly strange: boolean
}

const SPACE = /\s/
/** Where something happens inside an item: within a string, and outside. */
const IN_STRING = /["\\]/g
const IN_ITEM = /["{}[\]]/g

export function createArraySplitter(emit: (json: string) => void): ArraySplitter {
  let state: 'before' | 'between' | 'item' | 'string' | 'escape' | 'after' = 'before'
  let depth = 0
  let pieces: string[] = []
  let strange = false

  function finish(text: string, from: number, to: number): void {
    pieces.push(text.slice(from, to))
    emit(pieces.join(''))
    pieces = []
    state = 'between'
  }

  /** Takes one character outside of items; true if an item begins with it. */
  function between(char: string): boolean {
    if (state === 'before' && char === '[') state = 'between'
    else if (state === 'between' && char === ']') state = 'after'
    else if (state === 'between' && (char === '{' || char === '[')) {
      state = 'item'
      depth = 0
      return true
    } else if (!SPACE.test(char) && char !== '\ufeff' && !(state === 'between' && char === ',')) strange = true
    return false
  }

  return {
    feed(text) {
      let from = 0
      let at = 0
      while (at < text.length) {
        if (state === 'escape') {
          state = 'string'
          at += 1
        } else if (state === 'string' || state === 'item') {
          const next = state === 'string' ? IN_STRING : IN_ITEM
          next.lastIndex = at
          const found = next.exec(text)
          if (found === null) break
          at = found.index + 1
          const [char] = found
          if (state === 'string') state = char === '"' ? 'item' : 'escape'
          else if (char === '"') state = 'string'
          else depth += char === '{' || char === '[' ? 1 : -1
          if (state === 'item' && depth === 0) finish(text, from, at)
        } else {
          if (between(text.charAt(at))) from = at
          else at += 1
        }
      }
      if (state === 'item' || state === 'string' || state === 'escape') pieces.push(text.slice(from))
    },
    get closed() {
      return state === 'after'
    },
    get strange() {
      return strange
    },
  }
}
