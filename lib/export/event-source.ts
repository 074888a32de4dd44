import type { ReplayRequest } from '../replay/request.ts'
import { toComments } from './comments.ts'
import { toJsString } from './javascript.ts'
import { t } from '../i18n/translate.ts'

/** Empty when an EventSource can send such a request, else why it cannot. */
export function whyNoEventSource({ method, body }: ReplayRequest): string {
  if (method !== 'GET') return t('sends GET only, not {method}', { method })
  return body.kind === 'none' ? '' : t('sends no body')
}

/** `new EventSource` that prints what comes, listening to `types` beside `message`. */
export function toEventSource(request: ReplayRequest, types: readonly string[]): string {
  const { options, headers, notes, url } = request
  const lost = headers.filter(([name]) => !/^(?:accept|cache-control)$/i.test(name))
  const said = lost.map(([name]) => `An EventSource cannot send the header ${name}.`)
  const withCredentials = options['withCredentials'] === 'true' || options['credentials'] === 'include'
  const named = [...new Set(types)].filter((type) => type !== 'message' && type !== 'open' && type !== 'error')
  return [
    ...toComments([...notes, ...said], '//'),
    `const source = new EventSource(${toJsString(url)}${withCredentials ? ', { withCredentials: true }' : ''})`,
    `for (const type of [${['message', ...named].map(toJsString).join(', ')}]) {`,
    '  source.addEventListener(type, ({ data, lastEventId }) => console.log(type, lastEventId, data))',
    '}',
    `source.onopen = () => console.log('open')`,
    `source.onerror = () => console.log('error, readyState', source.readyState)`,
  ].join('\n')
}
