/** A page that keeps, in its first script, what it finds on its own window and on those of frames of its origin. */
import { KEEP_FUNCTIONS } from '../helpers/native-functions.ts'
import { pieces, SSE_HEAD, type Answer } from '../helpers/stream-server.ts'

const html =
  (text: string): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end(`<!doctype html><script>${KEEP_FUNCTIONS}</script>${text}`)
  }

export const PLACES = [
  'first script',
  'about:blank frame',
  'srcdoc frame',
  'frame',
  'about:blank frame, later',
  'page, later',
]

/** Answers for `startStreamServer`: the page says `looked` when it is done. */
export const SWITCH_ANSWERS: Readonly<Record<string, Answer>> = {
  '/page': html(`<script>
  keepFunctions('first script', window)
  const blank = document.createElement('iframe')
  document.documentElement.append(blank)
  keepFunctions('about:blank frame', blank.contentWindow)
</script>
<iframe srcdoc="<script>parent.keepFunctions('srcdoc frame', window)</script>"></iframe>
<iframe src="/frame"></iframe>
<script>
  addEventListener('load', () => {
    keepFunctions('about:blank frame, later', blank.contentWindow)
    keepFunctions('page, later', window)
    window.looked = true
  })
</script>`),
  '/frame': html("<script>parent.keepFunctions('frame', window)</script>"),
  '/sse': pieces(SSE_HEAD, 'data: 1\n\n'),
}
