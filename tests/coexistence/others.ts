/** Libraries and habits that wrap or break what capture uses. Each is put in place by a call, before or after a first use. */

export type Intruder = () => unknown

export const libraries: Readonly<Record<string, Intruder>> = {
  nobody: () => null,
  Sentry: async () => {
    const Sentry = await import('@sentry/browser')
    Sentry.init({
      dsn: `${location.protocol}//key@${location.host}/1`,
      integrations: [Sentry.browserTracingIntegration()],
      tracesSampleRate: 1,
      transport: Sentry.makeFetchTransport,
    })
  },
  'Datadog RUM': async () => {
    const { datadogRum } = await import('@datadog/browser-rum')
    datadogRum.init({
      applicationId: '00000000-0000-0000-0000-000000000000',
      clientToken: 'pub0',
      service: 'probe',
      proxy: `${location.origin}/echo`,
      trackResources: true,
      sessionSampleRate: 100,
    })
  },
  'OpenTelemetry fetch': async () => {
    const { FetchInstrumentation } = await import('@opentelemetry/instrumentation-fetch')
    new FetchInstrumentation().enable()
  },
  'zone.js': () => import('zone.js'),
  MSW: async () => {
    const { setupWorker } = await import('msw/browser')
    await setupWorker().start({ quiet: true, serviceWorker: { url: '/mockServiceWorker.js' } })
  },
  axios: async () => {
    const { default: axios } = await import('axios')
    const { status } = await axios.get<unknown>('/echo', { adapter: 'fetch', responseType: 'stream' })
    return status
  },
}

/** Writes over a built-in as careless or hostile pages do. */
function replace(owner: object, key: PropertyKey, make: (native: (...all: unknown[]) => unknown) => unknown): Intruder {
  return () =>
    Reflect.defineProperty(owner, key, {
      ...Reflect.getOwnPropertyDescriptor(owner, key),
      value: make(Reflect.get(owner, key) as never),
    })
}
const refusing = (name: string) => () => {
  throw new Error(`poisoned ${name}`)
}

export const poisons: Readonly<Record<string, Intruder>> = {
  'frozen Response.prototype': () => Object.freeze(Response.prototype),
  'frozen ReadableStream.prototype': () => Object.freeze(ReadableStream.prototype),
  'frozen window.fetch': () =>
    Object.defineProperty(window, 'fetch', { value: fetch, writable: false, configurable: false }),
  'Promise.prototype.then counts': replace(
    Promise.prototype,
    'then',
    (native) =>
      function (this: unknown, ...all: unknown[]) {
        const counted = window as { thenCalls?: number }
        counted.thenCalls = (counted.thenCalls ?? 0) + 1
        return Reflect.apply(native, this, all)
      },
  ),
  'JSON.stringify refuses': replace(JSON, 'stringify', () => refusing('stringify')),
  'performance.now refuses': replace(performance, 'now', () => refusing('now')),
  'performance.now goes back': replace(Performance.prototype, 'now', () => () => -1),
  'WeakMap refuses': () =>
    ['get', 'set', 'has', 'delete'].forEach((key) => void replace(WeakMap.prototype, key, () => refusing('WeakMap'))()),
  'Map refuses': () =>
    ['get', 'set', 'has'].forEach((key) => void replace(Map.prototype, key, () => refusing('Map'))()),
  'array iteration refuses': replace(Array.prototype, Symbol.iterator, () => refusing('iterator')),
  'array methods refuse': () =>
    ['push', 'map', 'join', 'slice', 'filter'].forEach(
      (key) => void replace(Array.prototype, key, () => refusing(key))(),
    ),
  'call and apply refuse': () =>
    ['call', 'apply', 'bind'].forEach((key) => void replace(Function.prototype, key, () => refusing(key))()),
  'Reflect refuses': () =>
    Object.keys(Object.getOwnPropertyDescriptors(Reflect)).forEach(
      (key) => void Object.defineProperty(Reflect, key, { value: refusing('Reflect') }),
    ),
  'Object.prototype setters': () =>
    ['get', 'value', 'then', 'k', 'n', 'url', 'done', 'configurable'].forEach(
      (key) =>
        void Object.defineProperty(Object.prototype, key, {
          configurable: true,
          get: () => undefined,
          set(value: unknown) {
            Object.defineProperty(this, key, { value, configurable: true, writable: true, enumerable: true })
          },
        }),
    ),
  'addEventListener refuses': replace(EventTarget.prototype, 'addEventListener', () => refusing('addEventListener')),
  'addEventListener counts': replace(
    EventTarget.prototype,
    'addEventListener',
    (native) =>
      function (this: unknown, ...all: unknown[]) {
        const counted = window as { listenCalls?: string[] }
        ;(counted.listenCalls ??= []).push(String(all[0]))
        return Reflect.apply(native, this, all)
      },
  ),
  'TextDecoder refuses': replace(TextDecoder.prototype, 'decode', () => refusing('decode')),
  'page wraps read': replace(
    ReadableStreamDefaultReader.prototype,
    'read',
    (native) =>
      function (this: unknown, ...all: unknown[]) {
        return Reflect.apply(native, this, all)
      },
  ),
  'MessagePort refuses': replace(MessagePort.prototype, 'postMessage', () => refusing('postMessage')),
  'Error.prepareStackTrace': () => void Object.assign(Error, { prepareStackTrace: refusing('prepareStackTrace') }),
  'page wraps fetch': () => {
    const before = fetch
    window.fetch = async (...all) => {
      const response = await before(...all)
      return new Response(response.body, response)
    }
  },
}
