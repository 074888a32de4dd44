/** What the measured page does. Each function goes to the page as text, so it may use nothing from outside itself. */

/** `chunks` is how many reads or progress events it took; `receivedMs` is set where the events carry stamps. */
export interface PageResult {
  readonly wallMs: number
  readonly events: number
  readonly chunks: number
  /** Server's stamp and the page's clock at the read, per event: ms of two clocks. */
  readonly stamps: readonly (readonly [sentMs: number, receivedMs: number])[]
}

/** Reads like most chat pages: a reader, a streaming decoder, cutting at blank lines. */
export async function readStream(path: string, stamped: boolean): Promise<PageResult> {
  const stamps: [number, number][] = []
  let events = 0
  let chunks = 0
  let rest = ''
  const startMs = performance.now()
  const response = await fetch(path)
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  while (reader) {
    const { done, value } = await reader.read()
    const receivedMs = stamped ? performance.now() : 0
    if (done) break
    chunks++
    rest += decoder.decode(value, { stream: true })
    let from = 0
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n', from)) {
      if (stamped) stamps.push([Number.parseFloat(rest.slice(from + 6, end)), receivedMs])
      events++
      from = end + 2
    }
    rest = rest.slice(from)
  }
  return { wallMs: performance.now() - startMs, events, chunks, stamps }
}

export async function fetchJson(count: number): Promise<PageResult> {
  const startMs = performance.now()
  for (let n = 0; n < count; n++) {
    const response = await fetch(`/json?n=${n}`)
    const answer = (await response.json()) as { n: number }
    if (answer.n !== n) throw new Error(`answer ${answer.n} to request ${n}`)
  }
  return { wallMs: performance.now() - startMs, events: count, chunks: 0, stamps: [] }
}

export function listenToEvents(path: string, count: number): Promise<PageResult> {
  return new Promise((resolve) => {
    const startMs = performance.now()
    let events = 0
    const source = new EventSource(path)
    source.onmessage = (event: MessageEvent<string>) => {
      if (event.data.length > 0) events++
      if (events < count) return
      source.close()
      resolve({ wallMs: performance.now() - startMs, events, chunks: events, stamps: [] })
    }
  })
}

export function requestText(path: string): Promise<PageResult> {
  return new Promise((resolve) => {
    const startMs = performance.now()
    let events = 0
    let chunks = 0
    let from = 0
    const request = new XMLHttpRequest()
    request.open('GET', path)
    const read = (): void => {
      const text = request.responseText
      chunks++
      for (let end = text.indexOf('\n\n', from); end >= 0; end = text.indexOf('\n\n', from)) {
        events++
        from = end + 2
      }
    }
    request.onprogress = read
    request.onload = () => {
      read()
      resolve({ wallMs: performance.now() - startMs, events, chunks, stamps: [] })
    }
    request.send()
  })
}
