import type { EndingCase } from './ending-case.ts'
import { EVENT_SOURCE_CASES } from './event-source-cases.ts'
import { FETCH_CASES } from './fetch-cases.ts'
import { FETCH_STOP_CASES } from './fetch-stop-cases.ts'
import { LEAVING_CASES } from './leaving-cases.ts'
import { SERVER_CASES } from './server-cases.ts'
import { XHR_CASES } from './xhr-cases.ts'

/** Every way a connection can end, and how each must be judged. */
export const CASES: readonly EndingCase[] = [
  ...FETCH_STOP_CASES,
  ...FETCH_CASES,
  ...XHR_CASES,
  ...EVENT_SOURCE_CASES,
  ...SERVER_CASES,
  ...LEAVING_CASES,
]

export const toName = ({ transport, server, page }: EndingCase): string =>
  `${transport}: the server ${server.does}; the page ${page.does}`
