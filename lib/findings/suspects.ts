/** Who may hold a stream back, judged from the answer's head and from what DevTools knows. */
import { joinSentences } from '../i18n/joined.ts'
import { t } from '../i18n/translate.ts'
import type { Connection } from '../session/types.ts'
import { mayHideHeaders, responseHeader, toFigure } from './facts.ts'
import { atResponseHeader, toProof } from './finding.ts'
import type { Proof } from './finding.ts'
import { PLATFORMS } from './platforms.ts'

export interface Suspects {
  /** The likeliest, completing "Most likely: …"; empty where nothing tells. */
  readonly likeliest: string
  /** What points to it says by itself that something holds back, or could not do otherwise. */
  readonly isTelling: boolean
  readonly evidence: readonly Proof[]
  readonly advice: readonly string[]
}

interface Pointer {
  /** Empty where it only goes with others. */
  readonly likeliest: string
  readonly isTelling: boolean
  readonly evidence: Proof
  readonly advice: string
}

export function suspectsOf(connection: Connection): Suspects {
  const pointers = [
    ...ofCache(connection),
    ...ofMaker(connection),
    ...ofEncoding(connection),
    ...ofLength(connection),
    ...ofPlatforms(connection),
    ...ofProxies(connection),
  ]
  return {
    likeliest: pointers.find(({ likeliest }) => likeliest !== '')?.likeliest ?? '',
    isTelling: pointers.some(({ isTelling }) => isTelling),
    evidence: [...pointers.map(({ evidence }) => evidence), ...neutral(connection)],
    advice: [...new Set(pointers.map(({ advice }) => advice).filter((advice) => advice !== ''))],
  }
}

/** A stored answer comes at once by nature. */
function ofCache(connection: Connection): readonly Pointer[] {
  const age = Number(responseHeader(connection, 'age') ?? 0)
  const advice = t('Send `Cache-Control: no-store` with every stream.')
  if (connection.network.at(-1)?.fromCache === true) {
    const evidence = toProof(t("DevTools says that the answer came from the browser's cache."))
    return [{ likeliest: t("the browser's cache, which had all of it"), isTelling: true, evidence, advice }]
  }
  if (!(age > 0)) return []
  const evidence = toProof(
    t('Age: {age} says that a cache had it for {n} s.', { age, n: toFigure(age) }),
    atResponseHeader('age'),
  )
  return [{ likeliest: t('a cache on the way, which had all of it'), isTelling: true, evidence, advice }]
}

/** `Response.type` is `default` only where a script made the Response. */
function ofMaker({ head }: Connection): readonly Pointer[] {
  if (head?.type !== 'default') return []
  return [
    {
      likeliest: t('the service worker or script that made the Response'),
      isTelling: true,
      evidence: toProof(t('Response.type is “default”: a service worker or a script made this Response, no server.')),
      advice: t('Pass the original body on as a stream; do not await its text first.'),
    },
  ]
}

function ofEncoding(connection: Connection): readonly Pointer[] {
  const encoding = responseHeader(connection, 'content-encoding')
  if (encoding === null || encoding.toLowerCase() === 'identity') return []
  const forbids = /\bno-transform\b/i.test(responseHeader(connection, 'cache-control') ?? '')
  const byServer = forbids
    ? t('Cache-Control says no-transform, so hardly a proxy on the way did it.')
    : t('A compressor collects text until it has enough, unless it is flushed.')
  return [
    {
      likeliest: t('compression that is not flushed after each event ({encoding})', { encoding }),
      isTelling: true,
      evidence: toProof(
        joinSentences([t('Content-Encoding: {encoding}.', { encoding }), byServer]),
        atResponseHeader('content-encoding'),
      ),
      advice: forbids
        ? t('Leave this path out of compression, or flush the compressor after each event.')
        : t(
            'Leave event streams uncompressed: send `Cache-Control: no-transform` (most middleware and proxies obey it), or flush the compressor after each event (`res.flush()` in Express).',
          ),
    },
  ]
}

function ofLength(connection: Connection): readonly Pointer[] {
  const length = responseHeader(connection, 'content-length')
  if (length === null) return []
  return [
    {
      likeliest: t(
        'the server, or a proxy that waits for all of it: the length was known before the first byte was sent',
      ),
      isTelling: true,
      evidence: toProof(
        t('Content-Length: {length}. Who sends a length first has the whole body already.', { length }),
        atResponseHeader('content-length'),
      ),
      advice: t(
        'Write each event when it is made (`res.write`, a ReadableStream, a generator) instead of sending one text.',
      ),
    },
  ]
}

function ofPlatforms(connection: Connection): readonly Pointer[] {
  return PLATFORMS.flatMap(({ name, shownBy, advice }) => {
    for (const [header, pattern] of shownBy) {
      const value = responseHeader(connection, header)
      if (value === null || !pattern.test(value)) continue
      const platform = t(name)
      const evidence = toProof(
        t('{header}: {value} shows {platform}.', { header, value, platform }),
        atResponseHeader(header),
      )
      return [{ likeliest: t('a buffer at {platform}', { platform }), isTelling: false, evidence, advice: t(advice) }]
    }
    return []
  })
}

function ofProxies(connection: Connection): readonly Pointer[] {
  const found: Pointer[] = []
  const via = responseHeader(connection, 'via')
  if (via !== null) {
    const evidence = toProof(t('Via: {via} names the proxies on the way.', { via }), atResponseHeader('via'))
    found.push({ likeliest: t('a proxy on the way ({via})', { via }), isTelling: false, evidence, advice: '' })
  }
  const isOld = /(?:^|,)\s*(?:HTTP\/)?1\.0\b/i.test(via ?? '') || connection.network.at(-1)?.protocol === 'http/1.0'
  if (isOld) {
    found.push({
      likeliest: t('a proxy that speaks HTTP/1.0'),
      isTelling: false,
      evidence: toProof(t('HTTP/1.0 was spoken on the way: it has no chunks, so a proxy may wait for the end.')),
      advice: t('Let the proxy speak HTTP/1.1 to the server (nginx: `proxy_http_version 1.1;`).'),
    })
  }
  return found
}

/** What speaks for nobody, but must be known. */
function neutral(connection: Connection): readonly Proof[] {
  const found: Proof[] = []
  const accel = responseHeader(connection, 'x-accel-buffering')
  if (accel?.toLowerCase() === 'no')
    found.push(
      toProof(
        t(
          'X-Accel-Buffering: no reached the browser. An nginx that obeys it takes it out, so none right behind the server did.',
        ),
        atResponseHeader('x-accel-buffering'),
      ),
    )
  const coding = responseHeader(connection, 'transfer-encoding')
  if (coding !== null)
    found.push(
      toProof(
        t('Transfer-Encoding: {coding}: the last server on the way could have sent piece by piece.', { coding }),
        atResponseHeader('transfer-encoding'),
      ),
    )
  const protocol = connection.network.at(-1)?.protocol ?? ''
  if (protocol !== '') found.push(toProof(t("The browser's own connection spoke {protocol}.", { protocol })))
  if (mayHideHeaders(connection) && connection.transport !== 'eventsource')
    found.push(
      toProof(t('The page may read only some of the headers (CORS): what buffers may be named in another one.')),
    )
  if (connection.transport === 'eventsource' && connection.network.length === 0)
    found.push(toProof(t('EventSource shows no headers to the page.')))
  return found
}
