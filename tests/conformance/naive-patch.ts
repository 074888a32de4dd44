/**
 * Ways of capturing that change the page, as page scripts: the suite's own test is that its probes find them out.
 * Field experience: a tee never lets the server see a cancel; a constructed Response loses url and type; and so on.
 */
export const naivePatches: Readonly<Record<string, string>> = {
  clone: `{
    const native = window.fetch
    window.fetch = async (...all) => {
      const response = await native(...all)
      const copy = response.clone()
      void (async () => { const reader = copy.body?.getReader(); while (reader && !(await reader.read()).done); })().catch(() => {})
      return response
    }
  }`,
  tee: `{
    const native = window.fetch
    window.fetch = async (...all) => {
      const response = await native(...all)
      if (response.body === null || [101, 204, 205, 304].includes(response.status) || response.type === 'opaque') return response
      const [mine, theirs] = response.body.tee()
      void (async () => { const reader = mine.getReader(); while (!(await reader.read()).done); })().catch(() => {})
      return new Response(theirs, response)
    }
  }`,
  source: `{
    const Native = window.EventSource
    window.EventSource = class EventSource extends Native {
      constructor(url) { super(url); this.addEventListener('message', () => {}) }
    }
  }`,
  send: `{
    const send = XMLHttpRequest.prototype.send
    XMLHttpRequest.prototype.send = function (...all) { this.addEventListener('progress', () => {}); return send.apply(this, all) }
  }`,
}
