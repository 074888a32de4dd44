/** One two-way pipe of JSON messages, whatever carries it. */
export interface Channel<Out, In> {
  /** Sends now; never throws. After the other side has gone, messages are lost. */
  post(message: Out): void
  /** Calls `receive` for each message that comes, until `signal` aborts. */
  listen(receive: (message: In) => void, signal?: AbortSignal): void
  /** Called once when the other side goes away, with the browser's words for it (may be empty). */
  onClose(closed: (why: string) => void): void
  close(): void
}
