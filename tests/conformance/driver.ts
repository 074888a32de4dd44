/** What the runner needs of a browser; drivers/*.ts know how. */

export interface Tab {
  /** Loads the page and waits until it is complete. */
  go(url: string): Promise<void>
  /** Value of an expression in the page; promises are awaited; JSON only. */
  evaluate(expression: string): Promise<unknown>
  /** A trusted click. */
  click(selector: string): Promise<void>
  /** Bytes of JS heap and buffers after a garbage collection; -1 where the browser cannot say. */
  memory(): Promise<number>
}

export interface Browser {
  readonly name: string
  readonly tab: Tab
  close(): Promise<void>
}

export interface Wanted {
  /** Directory of the unpacked extension, or null for a browser without it. */
  readonly extension: string | null
  /** DevTools open, with the extension's panel shown where there is an extension. */
  readonly panel: boolean
}

export interface Driver {
  readonly name: string
  /** Where the build for this browser is expected, from the repository's root. */
  readonly build: string
  /** Null when the browser is installed, else what is missing. */
  missing(): Promise<string | null>
  launch(wanted: Wanted): Promise<Browser>
}
