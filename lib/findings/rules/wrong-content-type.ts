import { msg, t } from '../../i18n/translate.ts'
import type { Connection } from '../../session/types.ts'
import { responseHeader, toMimeType } from '../facts.ts'
import { atResponseHeader, atEvent, atChunk, toProof } from '../finding.ts'
import type { Finding, Proof, Rule } from '../finding.ts'

/** One line of JSON with a line end is an ordinary answer, not a stream. */
const LEAST_LINES = 2
/** `text/plain` is not wrong for lines of JSON, only vague. */
const FITS_LINES = /\b(?:ndjson|jsonl|json-?lines|stream\+json|json-stream)\b|^text\/plain$/
const SSE_TYPE = 'text/event-stream'

/** The header says something else than the body is. */
export const wrongContentType: Rule = {
  name: 'wrong-content-type',
  watch: () => ({
    judge(connection) {
      if (connection.transport === 'eventsource') return refusedEventSource(connection)
      const { head } = connection
      if (head === null || head.status >= 400 || head.type === 'opaque') return null
      const given = responseHeader(connection, 'content-type') ?? ''
      return ofBody(connection, given) ?? ofCharset(given)
    },
  }),
}

function ofBody(connection: Connection, given: string): Finding | null {
  const type = toMimeType(given)
  const { framing, eventCount } = connection
  if (type === SSE_TYPE) return framing === 'sse' ? noEvents(connection, given) : ofOther(connection, given)
  if (framing === 'sse' && eventCount > 0) return ofSse(connection, given)
  if (framing !== 'ndjson' || eventCount < LEAST_LINES || FITS_LINES.test(type)) return null
  // Kubernetes, Docker and others have always sent lines of JSON so; clients know.
  const isCustom = type === 'application/json'
  return {
    ...base(isCustom ? 'hint' : 'warning', t('Wrong content type')),
    sentence: t('The body is JSON, a value a line, but Content-Type says {type}.', { type: said(given) }),
    evidence: [typeProof(given), toProof(t('The first line is a JSON value of its own'), atEvent(0))],
    advice: [
      t('Send `Content-Type: application/x-ndjson`, so that proxies and clients know that it comes line by line.'),
    ],
  }
}

/** An event stream under another name. */
function ofSse({ entries }: Connection, given: string): Finding {
  return {
    ...base('warning', t('Wrong content type')),
    sentence: t(
      'The body is an event stream, but Content-Type says {type}. An EventSource would refuse it, and whatever is on the way treats it as an ordinary answer.',
      { type: said(given) },
    ),
    evidence: [typeProof(given), ...(entries.length > 0 ? [toProof(t('The first event'), atEvent(0))] : [])],
    advice: [
      t(
        'Send `Content-Type: text/event-stream`. It also keeps many proxies and compressors from collecting the answer.',
      ),
    ],
  }
}

/** Something else under the name of an event stream. */
function ofOther({ framing, eventCount, entries }: Connection, given: string): Finding | null {
  if (framing !== 'ndjson' && framing !== 'json-seq') return null
  if (eventCount === 0) return null
  return {
    ...base('problem', t('Not an event stream')),
    sentence: t(
      'Content-Type says {type}, but the body is lines of JSON without `data:`. An EventSource would dispatch nothing of it.',
      { type: said(given) },
    ),
    evidence: [typeProof(given), ...(entries.length > 0 ? [toProof(t('The first line'), atEvent(0))] : [])],
    advice: [
      t('Put `data: ` before each JSON value and a blank line after it, or send `Content-Type: application/x-ndjson`.'),
    ],
  }
}

/** A page of HTML, a bare JSON text: nothing that a browser would dispatch. */
function noEvents(connection: Connection, given: string): Finding | null {
  const { chunks, eventCount, alive } = connection
  if (eventCount > 0 || alive || chunks.textLength === 0) return null
  const start = chunks.text(0, 200).trimStart()
  const sentence = /^<(?:!doctype|html|head|body|\?xml)\b/i.test(start)
    ? msg('Content-Type says {type}, but the body is a page of HTML. A browser dispatches nothing of it.')
    : /^[{[]/.test(start)
      ? msg('Content-Type says {type}, but the body is JSON. A browser dispatches nothing of it.')
      : null
  if (sentence === null) return null
  return {
    ...base('problem', t('Not an event stream')),
    sentence: t(sentence, { type: said(given) }),
    evidence: [typeProof(given), toProof(t('The beginning of the body'), atChunk(0))],
    advice: [t('Look at what the server or a proxy answered here: it is likely an error or a sign-in page.')],
  }
}

/** Event streams are UTF-8, whatever a header says (HTML standard, 9.2.5). */
function ofCharset(given: string): Finding | null {
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(given)?.[1] ?? ''
  if (toMimeType(given) !== SSE_TYPE || charset === '' || /^utf-?8$/i.test(charset)) return null
  return {
    ...base('warning', t('Wrong charset')),
    sentence: t('Content-Type says charset={charset}. Browsers decode event streams as UTF-8 whatever it says.', {
      charset,
    }),
    evidence: [typeProof(given)],
    advice: [t('Write the stream in UTF-8, and leave the charset out or say `charset=utf-8`.')],
  }
}

/** The page is not told why; DevTools knows the header. */
function refusedEventSource(connection: Connection): Finding | null {
  const { ending, network } = connection
  const last = network.at(-1)
  const given = responseHeader(connection, 'content-type') ?? ''
  if (ending?.verdict !== 'refused' || last?.status !== 200 || toMimeType(given) === SSE_TYPE) return null
  return {
    ...base('problem', t('Wrong content type')),
    sentence: t(
      "The EventSource was refused: its answer's Content-Type is {type}, and only text/event-stream will do.",
      { type: said(given) },
    ),
    evidence: [typeProof(given)],
    advice: [t('Send `Content-Type: text/event-stream` with status 200.')],
  }
}

const base = (severity: Finding['severity'], title: string) => ({ rule: wrongContentType.name, severity, title })
const said = (given: string) => (given === '' ? t('nothing') : given)
const typeProof = (given: string): Proof =>
  given === ''
    ? toProof(t('There is no Content-Type that the page may read'))
    : toProof(`Content-Type: ${given}`, atResponseHeader('content-type'))
