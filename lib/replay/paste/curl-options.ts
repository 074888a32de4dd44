/** The options of a curl command, in the order given. https://curl.se/docs/manpage.html */

export interface CurlOption {
  /** Long name without dashes; `url` for what is no option. */
  readonly name: string
  /** Null for an option without a value. */
  readonly value: string | null
}

/** Short names, and whether a value follows. */
const SHORT: Readonly<Record<string, string>> = {
  A: 'user-agent=',
  b: 'cookie=',
  c: 'cookie-jar=',
  C: 'continue-at=',
  d: 'data=',
  D: 'dump-header=',
  e: 'referer=',
  E: 'cert=',
  f: 'fail',
  F: 'form=',
  g: 'globoff',
  G: 'get',
  h: 'help',
  H: 'header=',
  i: 'include',
  I: 'head',
  j: 'junk-session-cookies',
  J: 'remote-header-name',
  k: 'insecure',
  K: 'config=',
  L: 'location',
  m: 'max-time=',
  n: 'netrc',
  N: 'no-buffer',
  o: 'output=',
  O: 'remote-name',
  q: 'disable',
  r: 'range=',
  s: 'silent',
  S: 'show-error',
  t: 'telnet-option=',
  T: 'upload-file=',
  u: 'user=',
  U: 'proxy-user=',
  v: 'verbose',
  w: 'write-out=',
  x: 'proxy=',
  X: 'request=',
  y: 'speed-time=',
  Y: 'speed-limit=',
  z: 'time-cond=',
  '0': 'http1.0',
  '1': 'tlsv1',
  '4': 'ipv4',
  '6': 'ipv6',
  '#': 'progress-bar',
}

const LONG_WITH_VALUE: ReadonlySet<string> = new Set([
  ...Object.values(SHORT)
    .filter((name) => name.endsWith('='))
    .map((name) => name.slice(0, -1)),
  ...'url data-raw data-ascii data-binary data-urlencode json form-string oauth2-bearer'.split(' '),
  ...'cacert capath cert-type ciphers connect-timeout connect-to dns-servers doh-url engine interface keepalive-time'.split(
    ' ',
  ),
  ...'key key-type limit-rate local-port max-filesize max-redirs noproxy pass pinnedpubkey preproxy proto proto-default'.split(
    ' ',
  ),
  ...'proxy-header rate request-target resolve retry retry-delay retry-max-time socks5 socks5-hostname stderr'.split(
    ' ',
  ),
  ...'tls-max tls13-ciphers trace trace-ascii unix-socket url-query variable aws-sigv4 curves happy-eyeballs-timeout-ms'.split(
    ' ',
  ),
])

export function readOptions(words: readonly string[]): readonly CurlOption[] {
  const options: CurlOption[] = []
  const rest = [...words]
  for (;;) {
    const word = rest.shift()
    if (word === undefined) return options
    if (/^\d?[<>]/.test(word)) {
      // The shell's own business; a bare sign has its file in the next word.
      if (/[<>]$/.test(word)) rest.shift()
    } else if (word.startsWith('--') && word.length > 2) {
      const name = word.slice(2)
      options.push({ name, value: LONG_WITH_VALUE.has(name) ? (rest.shift() ?? '') : null })
    } else if (word.startsWith('-') && word.length > 1) options.push(...readShort(word.slice(1), rest))
    else options.push({ name: 'url', value: word })
  }
}

/** Several may stand in one word, the last one with its value. */
function readShort(letters: string, rest: string[]): readonly CurlOption[] {
  const options: CurlOption[] = []
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters.charAt(at)
    const known = SHORT[letter]
    if (known?.endsWith('=') !== true) {
      options.push({ name: known ?? letter, value: null })
      continue
    }
    const attached = letters.slice(at + 1)
    return [...options, { name: known.slice(0, -1), value: attached === '' ? (rest.shift() ?? '') : attached }]
  }
  return options
}
