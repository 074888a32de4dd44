import type { Write } from './output.ts'

const NAMED_TYPES = ['message', 'progress', 'note'] as const

/** Reads until the server closes, and then does not let the browser connect again: what most pages do. */
export function readByEventSource(url: string, write: Write): Promise<void> {
  return new Promise((resolve) => {
    const source = new EventSource(url)
    source.onmessage = (event: MessageEvent<string>) => write(`${event.data}\n`)
    source.onerror = () => {
      source.close()
      resolve()
    }
  })
}

/** Listens to named events and lets the browser reconnect until the server has no more (204). */
export function readNamedEvents(url: string, write: Write): Promise<void> {
  return new Promise((resolve) => {
    const source = new EventSource(url)
    for (const type of NAMED_TYPES) {
      source.addEventListener(type, (event: MessageEvent<string>) =>
        write(`${event.type} ${event.lastEventId}: ${event.data}\n`),
      )
    }
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) resolve()
    })
  })
}
