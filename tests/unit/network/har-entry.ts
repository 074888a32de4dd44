/** Entries as Chromium 156's DevTools gives them. */
export const OWN_SCRIPT = 'chrome-extension://abc/content-scripts/page.js'

interface Given {
  readonly request?: Readonly<Record<string, unknown>>
  readonly response?: Readonly<Record<string, unknown>>
  readonly [field: string]: unknown
}

/** A finished POST whose answer streamed; `given` replaces fields. */
export function harEntry({ request, response, ...rest }: Given = {}): object {
  return {
    _initiator: {
      type: 'script',
      stack: {
        callFrames: [
          { functionName: 'apply', url: OWN_SCRIPT, lineNumber: 3, columnNumber: 605 },
          { functionName: 'go', url: 'http://127.0.0.1:8080/s.js', lineNumber: 0, columnNumber: 24 },
          { functionName: 'run', url: '', lineNumber: 5, columnNumber: 10 },
        ],
      },
    },
    _resourceType: 'fetch',
    startedDateTime: '2026-11-22T16:30:56.119Z',
    time: 202.5,
    serverIPAddress: '127.0.0.1',
    timings: { blocked: 2.2, dns: -1, ssl: -1, connect: -1, send: 0.05, wait: 2.1, receive: 198 },
    request: {
      method: 'POST',
      url: 'http://127.0.0.1:8080/sse?post=1',
      headers: [{ name: 'Accept', value: '*/*' }],
      postData: { mimeType: 'application/json', text: '{"stream":true}' },
      ...request,
    },
    response: {
      status: 200,
      httpVersion: 'HTTP/1.1',
      headers: [{ name: 'content-type', value: 'text/event-stream' }],
      content: { size: 35, mimeType: 'text/event-stream' },
      redirectURL: '',
      _transferSize: 228,
      _error: null,
      ...response,
    },
    ...rest,
  }
}
