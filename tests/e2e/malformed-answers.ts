const head = 'HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\n'
const stream = 'Content-Type: text/event-stream\r\n\r\ndata: through\n\n'
/** Answers by people who write HTTP by hand, by path; some are good enough for browsers, some are not. */
export const MALFORMED: Record<string, string> = {
  '/latin-1-header': `${head}X-Odd: caf\xe9 \xff\xfe\r\n${stream}`,
  '/control-characters': `${head}X-Odd: a\x01b\x7f\tc\r\n${stream}`,
  '/header-without-colon': `${head}this is no header\r\n${stream}`,
  '/header-without-name': `${head}: nothing\r\n${stream}`,
  '/folded-header': `${head}X-Odd: begins\r\n   goes on\r\n${stream}`,
  '/two-content-types': `${head}Content-Type: text/html\r\n${stream}`,
  '/content-type-with-rubbish': `${head}Content-Type: text/event-stream;;; charset="\xff; =\r\n\r\ndata: through\n\n`,
  '/line-feeds-only': `${head}${stream}`.replaceAll('\r', ''),
  '/no-reason': `${head}${stream}`.replace(' OK', ''),
  '/status-999': `${head}${stream}`.replace('200 OK', '999 <b>Odd</b>'),
  '/header-with-nul': `${head}X-Odd: a\0b\r\n${stream}`,
  '/header-too-long': `${head}X-Odd: ${'x'.repeat(400_000)}\r\n${stream}`,
  '/many-headers': `${head}${Array.from({ length: 3000 }, (_, index) => `X-${index}: ${index}\r\n`).join('')}${stream}`,
  '/no-http': '<!doctype html><title>Hello</title>',
  '/nothing': '',
  '/too-short': `${head}Content-Length: 1000\r\n${stream}`,
  '/bad-chunk': `${head}Transfer-Encoding: chunked\r\nContent-Type: text/event-stream\r\n\r\n10\r\ndata: through\n\n\r\nno-size\r\n`,
  '/bad-gzip': `${head}Content-Encoding: gzip\r\n${stream}`,
}
