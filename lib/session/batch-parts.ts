/** UTF-16 units of one batch in parts: a page that never ends a batch must not fill the panel's memory. */
const BATCH_LIMIT = 256 * 1024 * 1024

interface Part {
  readonly json: string
  readonly part: number
  readonly more: boolean
}

/** Joins batches that come in parts (`BatchMessage.part`). */
export interface BatchJoiner {
  /** The whole text with the last part, null before; empty if a part is missing or the batch grew too long. */
  join(part: Part): string | null
}

export function createBatchJoiner(): BatchJoiner {
  let texts: string[] = []
  let length = 0
  let broken = false
  return {
    join({ json, part, more }) {
      if (part === 0) {
        texts = []
        length = 0
        broken = false
      }
      length += json.length
      if (part !== texts.length || length > BATCH_LIMIT) broken = true
      if (broken) texts = []
      else texts.push(json)
      if (more) return null
      const whole = texts.join('')
      texts = []
      return whole
    },
  }
}
