/** What the browser's names for network failures mean, for people. The names are Chromium's, as DevTools gives them. */
import { msg, t } from '../i18n/translate.ts'

/** The page, or its going away, ended the exchange: not a failure of the network. */
export const ABORTED = 'net::ERR_ABORTED'

/** The browser's rules forbade the request or its answer; the network did what it should. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  ERR_FAILED: msg('the browser may not give the answer to the page'),
  ERR_BLOCKED_BY_CLIENT: msg('an extension or the browser itself blocked it'),
  ERR_BLOCKED_BY_ADMINISTRATOR: msg('the administrator blocked it'),
  ERR_BLOCKED_BY_CSP: msg("the page's Content-Security-Policy forbids it"),
  ERR_BLOCKED_BY_RESPONSE: msg('a header of the answer forbids its use here'),
  ERR_BLOCKED_BY_ORB: msg('opaque response blocking forbids it'),
  ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS: msg('the page may not reach the local network'),
  ERR_UNSAFE_PORT: msg('browsers do not connect to this port'),
  ERR_UNSAFE_REDIRECT: msg('it was redirected to where it may not go'),
  ERR_TOO_MANY_REDIRECTS: msg('it was redirected too often'),
}

const FAILED: Readonly<Record<string, string>> = {
  ERR_ABORTED: msg('the browser was told to let go of it'),
  ERR_ADDRESS_UNREACHABLE: msg('there is no way to this address'),
  ERR_CONNECTION_ABORTED: msg('the connection was given up'),
  ERR_CONNECTION_CLOSED: msg('the connection was closed'),
  ERR_CONNECTION_FAILED: msg('no connection could be made'),
  ERR_CONNECTION_REFUSED: msg('nothing accepts connections at this address and port'),
  ERR_CONNECTION_RESET: msg('the connection was reset'),
  ERR_CONNECTION_TIMED_OUT: msg('connecting took too long'),
  ERR_CONTENT_DECODING_FAILED: msg('the body is not what Content-Encoding says'),
  ERR_CONTENT_LENGTH_MISMATCH: msg('fewer bytes came than Content-Length says'),
  ERR_EMPTY_RESPONSE: msg('the server closed the connection without an answer'),
  ERR_HTTP2_PING_FAILED: msg('the server no longer answered HTTP/2 pings'),
  ERR_HTTP2_PROTOCOL_ERROR: msg('the HTTP/2 stream was reset, or its protocol broken'),
  ERR_HTTP2_SERVER_REFUSED_STREAM: msg('the server refused the HTTP/2 stream'),
  ERR_INCOMPLETE_CHUNKED_ENCODING: msg('the connection was closed before the last chunk'),
  ERR_INTERNET_DISCONNECTED: msg('the computer is offline'),
  ERR_INVALID_CHUNKED_ENCODING: msg('the chunked encoding is wrong'),
  ERR_INVALID_HTTP_RESPONSE: msg('the answer is not HTTP'),
  ERR_INVALID_RESPONSE: msg('the answer makes no sense'),
  ERR_NAME_NOT_RESOLVED: msg('the host name is not known'),
  ERR_NETWORK_ACCESS_DENIED: msg('the system denies access to the network'),
  ERR_NETWORK_CHANGED: msg('the computer changed its network'),
  ERR_NETWORK_IO_SUSPENDED: msg('the computer went to sleep'),
  ERR_PROXY_CONNECTION_FAILED: msg('the proxy cannot be reached'),
  ERR_QUIC_PROTOCOL_ERROR: msg('the QUIC connection broke'),
  ERR_RESPONSE_HEADERS_TRUNCATED: msg('the connection was closed inside the headers'),
  ERR_SOCKET_NOT_CONNECTED: msg('the connection was gone'),
  ERR_SSL_PROTOCOL_ERROR: msg('the TLS connection could not be made'),
  ERR_TIMED_OUT: msg('it took too long'),
  ERR_TUNNEL_CONNECTION_FAILED: msg('the proxy could not connect'),
}

const toCode = (netError: string): string => netError.replace(/^net::/, '')

/** Whether the browser's rules, and not the network, are behind it. */
export function isForbidden(netError: string): boolean {
  const code = toCode(netError)
  return Object.hasOwn(FORBIDDEN, code) || code.startsWith('ERR_BLOCKED_BY_')
}

/** `the connection was reset (net::ERR_CONNECTION_RESET)`; the bare name where it says enough, or nothing more is known. */
export function toNetErrorWords(netError: string): string {
  const code = toCode(netError)
  const words =
    FORBIDDEN[code] ?? FAILED[code] ?? (code.startsWith('ERR_CERT_') ? msg('the certificate is not valid') : '')
  return words === '' ? netError : t('{words} ({name})', { words: t(words), name: netError })
}
