/** Servers, proxies and hosts that name themselves in a header, and how each is told to let a stream through. */
import { msg } from '../i18n/translate.ts'

export interface Platform {
  /** A message, as the advice is. */
  readonly name: string
  /** Headers that show it, in lower case, and what their values must look like. */
  readonly shownBy: readonly (readonly [header: string, value: RegExp])[]
  readonly advice: string
}

const ANY = /./

export const PLATFORMS: readonly Platform[] = [
  {
    name: 'nginx',
    shownBy: [['server', /nginx|openresty/i]],
    advice: msg(
      'nginx: send `X-Accel-Buffering: no` with the answer, or set `proxy_buffering off;` (`fastcgi_buffering`, `uwsgi_buffering`) and `gzip off;` for this location.',
    ),
  },
  {
    name: 'Cloudflare',
    shownBy: [
      ['cf-ray', ANY],
      ['server', /^cloudflare/i],
    ],
    advice: msg(
      'Cloudflare passes dynamic answers on as they come, but waits for cacheable ones: send `Cache-Control: no-store, no-transform`, bypass the cache for this path, and leave Response Buffering off.',
    ),
  },
  {
    name: 'Vercel',
    shownBy: [
      ['x-vercel-id', ANY],
      ['server', /^vercel/i],
    ],
    advice: msg(
      'Vercel: return a `Response` with a ReadableStream as its body, and write each event to it when it is made; do not await the whole text first.',
    ),
  },
  {
    name: 'API Gateway',
    shownBy: [
      ['x-amz-apigw-id', ANY],
      ['apigw-requestid', ANY],
    ],
    advice: msg(
      'API Gateway waits for the whole answer by default: set the response transfer mode of the integration to STREAM, or call a Lambda function URL with RESPONSE_STREAM.',
    ),
  },
  {
    name: 'CloudFront',
    shownBy: [
      ['x-amz-cf-id', ANY],
      ['via', /cloudfront/i],
    ],
    advice: msg(
      'CloudFront: use a cache behaviour without caching and with “Compress objects automatically” off for this path.',
    ),
  },
  {
    name: 'Netlify',
    shownBy: [
      ['x-nf-request-id', ANY],
      ['server', /^netlify/i],
    ],
    advice: msg('Netlify: answer from a function that returns a `Response` with a ReadableStream as its body.'),
  },
  {
    name: msg('Google App Engine or Cloud Run'),
    shownBy: [['server', /google frontend/i]],
    advice: msg(
      'Google: the standard environment of App Engine does not stream; Cloud Run and App Engine flexible do.',
    ),
  },
  {
    name: 'Azure Front Door',
    shownBy: [['x-azure-ref', ANY]],
    advice: msg('Azure Front Door: turn caching and compression off for this route.'),
  },
  {
    name: 'IIS',
    shownBy: [['server', /microsoft-iis/i]],
    advice: msg(
      'IIS: set `responseBufferLimit="0"` on the handler, and leave `text/event-stream` out of dynamic compression.',
    ),
  },
  {
    name: 'Apache',
    shownBy: [['server', /^apache(?:\/|$| )/i]],
    advice: msg('Apache: `SetEnv no-gzip 1` for this path, and `flushpackets=on` at its ProxyPass.'),
  },
  {
    name: msg('Varnish or Fastly'),
    shownBy: [
      ['x-varnish', ANY],
      ['via', /varnish/i],
      ['x-served-by', /^cache-/i],
    ],
    advice: msg('Varnish, Fastly: pass this path (`return (pass)`) and keep `beresp.do_stream` on.'),
  },
  {
    name: 'Envoy',
    shownBy: [
      ['server', /envoy/i],
      ['x-envoy-upstream-service-time', ANY],
    ],
    advice: msg('Envoy: no buffer filter and no compressor on this route.'),
  },
  {
    name: 'Caddy',
    shownBy: [
      ['server', /caddy/i],
      ['via', /caddy/i],
    ],
    advice: msg('Caddy: `flush_interval -1` in its reverse_proxy.'),
  },
  {
    name: 'PHP',
    shownBy: [['x-powered-by', /php/i]],
    advice: msg('PHP: end all output buffers (`ob_end_flush()`), and call `flush()` after each event.'),
  },
]
