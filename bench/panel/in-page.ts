/** What the page does while the panel is measured. Each function goes to the page as text, so it may use nothing from outside itself. */

/** Reads some streams at once; resolves with the moments, in ms since 1970, at which each event of each was read. */
export async function readAll(paths: readonly string[]): Promise<number[][]> {
  const readOne = async (path: string): Promise<number[]> => {
    const moments: number[] = []
    const response = await fetch(path)
    const reader = response.body?.getReader()
    const decoder = new TextDecoder()
    let rest = ''
    while (reader) {
      const { done, value } = await reader.read()
      const nowMs = performance.timeOrigin + performance.now()
      if (done) break
      rest += decoder.decode(value, { stream: true })
      const events = rest.split('\n\n')
      rest = events.pop() ?? ''
      for (let n = 0; n < events.length; n++) moments.push(nowMs)
    }
    return moments
  }
  return Promise.all(paths.map(readOne))
}

/** Reads one stream without looking at it; resolves with the moment of its last read. */
export async function drain(path: string): Promise<number> {
  const response = await fetch(path)
  const reader = response.body?.getReader()
  let lastMs = 0
  while (reader) {
    const { done } = await reader.read()
    if (done) break
    lastMs = performance.timeOrigin + performance.now()
  }
  return lastMs
}

/** Reads `count` streams to their ends, `atOnce` at a time; resolves with the moment when the last one was over. */
export async function drainMany(path: string, count: number, atOnce: number): Promise<number> {
  let started = 0
  const work = async (): Promise<void> => {
    while (started < count) {
      started += 1
      const response = await fetch(`${path}&n=${started}`)
      await response.text()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return performance.timeOrigin + performance.now()
}
