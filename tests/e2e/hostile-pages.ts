/** Pages that do their worst. They report in their title, because scripts of a test may not work in them any more. */

/** Replaces what the language and the platform offer by functions that note their name and throw, then streams. */
export const POISONER = `<!doctype html><title>starting</title><script>
{
  const touched = []
  const { fetch, EventSource, XMLHttpRequest, TextDecoder, Reflect, document } = globalThis
  const { apply, ownKeys, getOwnPropertyDescriptor, defineProperty } = Reflect
  const { read } = ReadableStreamDefaultReader.prototype
  const { getReader } = ReadableStream.prototype
  const { decode } = TextDecoder.prototype
  const { get: bodyOf } = getOwnPropertyDescriptor(Response.prototype, 'body')
  const { set: setTitle } = getOwnPropertyDescriptor(Document.prototype, 'title')
  const { open, send } = XMLHttpRequest.prototype
  const { get: textOf } = getOwnPropertyDescriptor(XMLHttpRequest.prototype, 'responseText')
  const { set: setLoadend } = getOwnPropertyDescriptor(XMLHttpRequestEventTarget.prototype, 'onloadend')
  const { set: setMessage } = getOwnPropertyDescriptor(EventSource.prototype, 'onmessage')
  const { close } = EventSource.prototype
  const { get: dataOf } = getOwnPropertyDescriptor(MessageEvent.prototype, 'data')
  const NativePromise = Promise

  const spoil = (owner, name) => {
    const keys = ownKeys(owner)
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]
      const found = getOwnPropertyDescriptor(owner, key)
      if (key === 'constructor' || !found.configurable) continue
      const label = name + '.' + (typeof key === 'symbol' ? 'symbol' : key)
      const bad = function () {
        touched[touched.length] = label
        throw 'poisoned ' + label
      }
      if (found.get || found.set) defineProperty(owner, key, { configurable: true, get: bad, set: bad })
      else if (typeof found.value === 'function') defineProperty(owner, key, { configurable: true, writable: true, value: bad })
    }
  }
  const TypedArray = Object.getPrototypeOf(Uint8Array)
  const prototypes = { Function, Array, String, RegExp, Map, WeakMap, Set, WeakSet, WeakRef, Promise, Number, Boolean, Symbol, Error, ArrayBuffer, DataView,
    TypedArray, Uint8Array, TextDecoder, TextEncoder, EventTarget, Event, CustomEvent, MouseEvent, MessageEvent, Node, Comment, CharacterData, ReadableStream,
    ReadableStreamDefaultReader, ReadableStreamBYOBReader, Response, Request, Headers, URL, URLSearchParams, AbortSignal, AbortController, EventSource,
    XMLHttpRequest, XMLHttpRequestEventTarget, Performance, Blob, FormData, MessagePort }
  const names = Object.keys(prototypes)
  const statics = { JSON, Reflect, Object, Array, Promise, performance, String, Number, Symbol, Date, Math, RegExp, Map, Set, ArrayBuffer, TypedArray }
  const staticNames = Object.keys(statics)
  for (let i = 0; i < names.length; i++) spoil(prototypes[names[i]].prototype, names[i])
  for (let i = 0; i < staticNames.length; i++) spoil(statics[staticNames[i]], staticNames[i])
  const globals = 'setTimeout queueMicrotask structuredClone atob btoa fetch EventSource XMLHttpRequest CustomEvent MouseEvent MessageEvent Event TextDecoder TextEncoder Response Request Headers URL ReadableStream Promise Map WeakMap Set JSON Object Array String'
  let name = ''
  for (let i = 0; i <= globals.length; i++) {
    if (i < globals.length && globals[i] !== ' ') { name += globals[i]; continue }
    const label = 'global ' + name
    globalThis[name] = function () {
      touched[touched.length] = label
      throw 'poisoned ' + label
    }
    name = ''
  }
  const lie = () => 'a lie of toJSON'
  const root = ({}).__proto__
  root.toJSON = lie
  root.detail = root.text = root.k = root.json = 'a lie of Object.prototype'
  root.n = root.c = root.atMs = 666

  const decoder = new TextDecoder()
  const report = (text) => apply(setTitle, document, [text])
  ;(async () => {
    const texts = { __proto__: null, fetch: '', xhr: '', source: '' }
    const response = await fetch('/sse?poison-fetch')
    const reader = apply(getReader, apply(bodyOf, response, []), [])
    for (;;) {
      const result = await apply(read, reader, [])
      if (result.done) break
      texts.fetch += apply(decode, decoder, [result.value, { stream: true }])
    }
    await new NativePromise((resolve) => {
      const xhr = new XMLHttpRequest()
      apply(setLoadend, xhr, [() => { texts.xhr = apply(textOf, xhr, []); resolve() }])
      apply(open, xhr, ['GET', '/sse?poison-xhr'])
      apply(send, xhr, [])
    })
    await new NativePromise((resolve) => {
      let count = 0
      const source = new EventSource('/sse?poison-source')
      apply(setMessage, source, [(event) => {
        texts.source += apply(dataOf, event, [])
        if (++count < 3) return
        apply(close, source, [])
        resolve()
      }])
    })
    let all = ''
    for (let i = 0; i < touched.length; i++) all += ' ' + touched[i]
    report('done|' + texts.fetch + '|' + texts.xhr + '|' + texts.source + '|' + all)
  })()
}
</script>`

/** Fakes of every kind for all names it may guess; what it could get hold of is in `stolen`. */
export const GUESSER = `<!doctype html><title>starting</title><body><script>
{
  const names = ['streamscope:offer', 'streamscope:call', 'records', 'record', 'command', 'commands', 'streamscope', 'streamscope:records', 'streamscope:command',
    'streamscope:natives', 'streamscope:successor', 'streamscope:family', 'family', 'streamscope-hub', 'streamscope-panel', 'hello', 'subscribe', 'batch', 'message', 'connect']
  const fakes = [
    { k: 'document', n: 1, atMs: 0, url: 'http://forged.test/', timeOriginMs: 0 },
    { k: 'open', n: 2, c: 1, atMs: 1, transport: 'fetch', method: 'FORGED', url: 'http://forged.test/stream', headers: [], body: { kind: 'none' }, options: {}, stack: '', asked: 'forged' },
    { k: 'chunk', n: 3, c: 1, atMs: 2, sizeBytes: 14, text: 'data: forged\\n\\n' },
  ]
  const batch = '1 999999 0 0 ' + JSON.stringify(fakes)
  const commands = ['{"k":"unsubscribe"}', '{"k":"subscribe","v":1,"from":1}', '{"k":"flush"}', 'no json', '']
  const messages = [{ k: 'batch', first: 1, last: 999999, part: 0, more: false, json: JSON.stringify(fakes) }, { k: 'hello', v: 1, doc: 'forged', url: 'http://forged.test/' }, { k: 'unsubscribe' }]
  const stolen = []
  const nodes = []
  const own = document.createComment('')
  const steal = (name, stop) => (event) => {
    if (event.mine) return
    stolen.push(name)
    if (event.relatedTarget) nodes.push(event.relatedTarget)
    if (stop) event.stopImmediatePropagation()
  }
  const listen = (target, stop) => { for (const name of names) target.addEventListener(name, steal(name, stop), true) }
  const send = (target, event) => target.dispatchEvent(Object.assign(event, { mine: true }))
  const forge = (target) => {
    for (const name of names) {
      for (const detail of [batch, fakes, ...commands]) send(target, new CustomEvent(name, { detail, bubbles: true }))
      send(target, new MouseEvent(name, { relatedTarget: own, bubbles: true }))
      send(target, new MessageEvent(name, { data: messages[0], ports: [new MessageChannel().port1], bubbles: true }))
      send(target, new Event(name))
      // Whoever is asked and answers has given itself away.
      const asked = { __proto__: null }
      const heeded = !send(target, new CustomEvent(name, { detail: asked, cancelable: true }))
      if (heeded || Reflect.ownKeys(asked).length > 0) stolen.push(name + ' answered')
    }
  }
  const everything = () => {
    for (const target of [document, window, document.documentElement, document.body, document.fonts, own, ...nodes]) forge(target)
    for (const message of [batch, ...messages]) {
      window.postMessage(message, '*')
      for (const channel of ['streamscope', 'streamscope-hub', 'streamscope-panel', 'streamscope-panel:1']) new BroadcastChannel(channel).postMessage(message)
    }
    try { chrome.runtime.connect({ name: 'streamscope-hub' }).postMessage(messages[0]) } catch {}
  }
  for (const target of [window, document, document.documentElement, document.fonts, own]) listen(target, false)
  everything()

  // A frame's window is there before its page is, and a page of the same origin gets that same window.
  const frames = ['', '/sibling?hushed', '/sibling?heard'].map((src) => {
    const frame = document.createElement('iframe')
    if (src !== '') frame.src = src
    document.body.append(frame)
    for (const target of [frame.contentWindow, frame.contentDocument, frame.contentDocument.fonts]) listen(target, src.endsWith('hushed'))
    forge(frame.contentDocument)
    return frame
  })

  addEventListener('load', async () => {
    everything()
    const response = await fetch('/sse?real')
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body) {
      everything()
      text += decoder.decode(chunk, { stream: true })
    }
    for (const [index, frame] of frames.entries()) {
      await frame.contentWindow.fetch('/sse?frame-' + index).then((inner) => inner.text())
      everything()
    }
    document.title = 'done|' + text + '|' + stolen.filter((name) => name !== 'message').join(' ')
  })
}
</script>`
