/** Takes the next text that the page got. */
export type Write = (text: string) => void

export interface Output {
  readonly element: HTMLOutputElement
  /**
   * Shows what `run` writes and, once it has settled, how it ended: `[end: done]` or `[end: error NAME: MESSAGE]`.
   * `data-state` is `running`, `done` or `error`. Never rejects.
   */
  follow(run: (write: Write) => Promise<void>): Promise<void>
}

export function outputOf(id: string): Output {
  const element = document.querySelector<HTMLOutputElement>(`output[data-for="${id}"]`)
  if (element === null) throw new Error(`The page has no output for "${id}"`)
  return {
    element,
    async follow(run) {
      element.replaceChildren()
      element.dataset['state'] = 'running'
      const write: Write = (text) => {
        // Adding a text node does not copy what is already there.
        element.append(text)
        element.scrollTop = element.scrollHeight
      }
      try {
        await run(write)
        write('\n[end: done]')
        element.dataset['state'] = 'done'
      } catch (error) {
        write(`\n[end: error ${describe(error)}]`)
        element.dataset['state'] = 'error'
      }
    },
  }
}

function describe(error: unknown): string {
  return error instanceof Error || error instanceof DOMException ? `${error.name}: ${error.message}` : String(error)
}
