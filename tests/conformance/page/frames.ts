/** Frames that probes make and take away again. */
export interface Frame {
  readonly element: HTMLIFrameElement
  readonly view: Window & typeof globalThis
  remove(): void
}

/** A same-origin frame, usable at once (about:blank), as page code makes it to get at unpatched functions. */
export function freshFrame(): Frame {
  const element = document.body.appendChild(document.createElement('iframe'))
  const view = element.contentWindow
  if (view === null) throw new Error('A frame in the document has no window')
  return { element, view: view as Window & typeof globalThis, remove: () => element.remove() }
}

/** A frame that shows a page of the server. */
export async function loadedFrame(url: string): Promise<Frame> {
  const element = document.createElement('iframe')
  element.src = url
  const loaded = new Promise((resolve) => (element.onload = resolve))
  document.body.append(element)
  await loaded
  const view = element.contentWindow
  if (view === null) throw new Error('A frame in the document has no window')
  return { element, view: view as Window & typeof globalThis, remove: () => element.remove() }
}
