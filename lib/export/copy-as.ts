/** What a request can be copied as, in the order of the menu. */
import { type ReplayRequest, toReplayRequest } from '../replay/request.ts'
import type { Connection } from '../session/types.ts'
import { toCurlBash } from './curl-bash.ts'
import { toCurlCmd } from './curl-cmd.ts'
import { toCurlPowerShell } from './curl-powershell.ts'
import { toEventSource, whyNoEventSource } from './event-source.ts'
import { toFetch, toNodeFetch } from './fetch.ts'
import { bringForHar, toHar } from './har.ts'
import { toHttpMessage } from './http-message.ts'
import { toPython } from './python.ts'
import { redactRequest } from './redact.ts'
import { msg } from '../i18n/translate.ts'

export interface CopyOptions {
  /** Off: what looks like a secret is redacted. */
  readonly withSecrets: boolean
  /** Names that are secret as well; none unless given. */
  readonly secretNames?: readonly string[]
  /** With the headers that the browser added, where they are known and the format can have them. */
  readonly withWire: boolean
}

export interface CopyFormat {
  /** A name, or a message. */
  readonly label: string
  readonly make: (connection: Connection, options: CopyOptions) => string
  /** Reads what `make` takes from the browser's storage; null if it is all there. */
  readonly bring?: (connection: Connection) => Promise<void> | null
  /** Empty when the request can be written so, else what is in the way, in a few words. */
  readonly whyNot?: (request: ReplayRequest) => string
}

/** Enough events to meet every type that there is. */
const TYPED_EVENTS = 2_000
const MOST_TYPES = 30

export const COPY_FORMATS: readonly CopyFormat[] = [
  { label: 'cURL (bash)', make: ofRequest(toCurlBash) },
  { label: 'cURL (PowerShell)', make: ofRequest(toCurlPowerShell) },
  { label: 'cURL (cmd)', make: ofRequest(toCurlCmd) },
  { label: 'fetch', make: ofRequest(toFetch) },
  { label: 'Node fetch', make: ofRequest(toNodeFetch) },
  { label: 'Python (httpx)', make: ofRequest(toPython) },
  {
    label: 'EventSource',
    make: (connection, options) => toEventSource(requestOf(connection, options), eventTypes(connection)),
    whyNot: whyNoEventSource,
  },
  { label: msg('HTTP message'), make: ofRequest(toHttpMessage) },
  { label: 'HAR', make: toHar, bring: bringForHar },
]

function ofRequest(write: (request: ReplayRequest, withWire: boolean) => string): CopyFormat['make'] {
  return (connection, options) => write(requestOf(connection, options), options.withWire)
}

function requestOf(connection: Connection, { withSecrets, secretNames }: CopyOptions): ReplayRequest {
  const request = toReplayRequest(connection)
  return withSecrets ? request : redactRequest(request, secretNames)
}

/** Those that the page listens to, and those that came. */
function eventTypes({ notes, entries }: Connection): readonly string[] {
  const types = new Set(notes.flatMap(({ note, detail }) => (note === 'listens-to' ? [detail] : [])))
  for (let index = 0; index < Math.min(entries.length, TYPED_EVENTS) && types.size < MOST_TYPES; index += 1) {
    if (entries.kindOf(index) === 'event') types.add(entries.typeOf(index))
  }
  return [...types]
}
