import { expect, test } from 'vitest'
import { COPY_FORMATS } from '../../../lib/export/copy-as.ts'
import { redactRequest } from '../../../lib/export/redact.ts'
import { isSecretName, isSecretParameter } from '../../../lib/export/secrets.ts'
import type { HeaderPair, NetworkFacts, RecordedBody } from '../../../lib/protocol.ts'
import { toReplayRequest } from '../../../lib/replay/request.ts'
import { connectionOf } from '../session/connection-of.ts'
import { connectionFor } from './odd-requests.ts'

/** Made up, but in the shapes of real ones. Put together here, so that no scanner takes this file for a leak. */
const TAIL = 'Zq3x7Kp9Lm2Nv5Bw8'
const SECRETS = {
  openai: `sk-proj-${TAIL}${TAIL}`,
  github: `ghp_${TAIL}${TAIL}`,
  aws: ['AKIA', 'QX7PLM3NVB5RTY2W'].join(''),
  google: `AIza${TAIL}${TAIL}`,
  jwt: `eyJ${TAIL}.eyJ${TAIL}.${TAIL}`,
  bearer: `opaque${TAIL}`,
  cookie: `session-of-${TAIL}`,
  key: `named-key-${TAIL}`,
  password: `word-${TAIL}`,
}

const redactedText = (text: string) => {
  const body: RecordedBody = { kind: 'text', text, sizeBytes: text.length, cut: false }
  const redacted = redactRequest(toReplayRequest(connectionFor({ method: 'POST', body }, 'https://a.test')))
  return redacted.body.kind === 'text' ? redacted.body.text : null
}
const redactedHeader = (name: string, value: string) =>
  redactRequest(toReplayRequest(connectionFor({ headers: [[name, value]] }, 'https://a.test'))).headers[0]?.[1]

test.each([
  ['Authorization', `Bearer ${SECRETS.bearer}`, 'Bearer <redacted>'],
  ['authorization', SECRETS.bearer, '<redacted>'],
  ['X-API-Key', SECRETS.key, '<redacted>'],
  ['api-key', SECRETS.key, '<redacted>'],
  ['x-goog-api-key', SECRETS.key, '<redacted>'],
  ['Mcp-Session-Id', SECRETS.key, '<redacted>'],
  ['X-CSRF-Token', SECRETS.key, '<redacted>'],
  ['X-Forward', `token ${SECRETS.github} and more`, 'token <redacted> and more'],
  ['X-Forward', `Bearer ${SECRETS.bearer}`, 'Bearer <redacted>'],
  ['X-Max-Tokens', '100', '100'],
  ['Accept', 'text/event-stream', 'text/event-stream'],
  ['Idempotency-Key', 'a-1', 'a-1'],
])('the header %s: %s', (name, value, expected) => {
  expect(redactedHeader(name, value)).toBe(expected)
})

test.each([
  [`{"api_key":"${SECRETS.key}","max_tokens":5,"model":"m"}`, '{"api_key":"<redacted>","max_tokens":5,"model":"m"}'],
  [`{"a": {"clientSecret" : "x\\"${SECRETS.key}"}}`, '{"a": {"clientSecret" : "<redacted>"}}'],
  [`{"content":"my key is ${SECRETS.openai}, keep it"}`, '{"content":"my key is <redacted>, keep it"}'],
  [`{"content":"${SECRETS.jwt}"}`, '{"content":"<redacted>"}'],
  [`{"password":"${SECRETS.password}`, '{"password":"<redacted>"'],
  [`{"password":""}`, '{"password":""}'],
  [`grant_type=x&client_secret=${SECRETS.key}&scope=a`, 'grant_type=x&client_secret=<redacted>&scope=a'],
  [`first ${SECRETS.aws}\nthen ${SECRETS.google}`, 'first <redacted>\nthen <redacted>'],
  ['a task-based risk-free sk-short Bearer authentication', 'a task-based risk-free sk-short Bearer authentication'],
])('the body %s', (text, expected) => {
  expect(redactedText(text)).toBe(expected)
})

test('the words of a name tell whether it is a secret', () => {
  const secret = [
    'x-api-key',
    'apiKey',
    'access_token',
    'refreshToken',
    'Set-Cookie',
    'client-secret',
    'X-Amz-Security-Token',
    'PASSWORD',
  ]
  const harmless = ['key', 'max_tokens', 'tokenizer', 'author', 'accept', 'keyboard', 'account_id', 'cookies-policy']
  expect(secret.filter((name) => !isSecretName(name))).toEqual([])
  expect(harmless.filter(isSecretName)).toEqual([])
  expect(['key', 'sig', 'X-Amz-Signature', 'api_key', 'sid'].filter((name) => !isSecretParameter(name))).toEqual([])
})

/** All secrets at every place that a request has. */
function secretConnection() {
  const headers: readonly HeaderPair[] = [
    ['Authorization', `Bearer ${SECRETS.bearer}`],
    ['X-Api-Key', SECRETS.key],
    ['X-Other', SECRETS.github],
    ['Content-Type', 'application/json'],
  ]
  const text = JSON.stringify({
    password: SECRETS.password,
    note: `${SECRETS.openai} ${SECRETS.aws}`,
    jwt: SECRETS.jwt,
  })
  const url = `https://user:${SECRETS.password}@a.test/v1/${SECRETS.google}?key=${SECRETS.key}&q=1`
  const wire: readonly HeaderPair[] = [
    ...headers,
    ['Cookie', `sid=${SECRETS.cookie}`],
    ['Referer', `https://b.test/?token=${SECRETS.key}`],
  ]
  const connection = connectionOf(
    {
      k: 'open',
      n: 1,
      c: 1,
      atMs: 0,
      transport: 'fetch',
      method: 'POST',
      url,
      headers,
      body: { kind: 'text', text, sizeBytes: text.length, cut: false },
      options: { referrer: `https://a.test/?access_token=${SECRETS.key}` },
      stack: '',
      asked: '',
    },
    {
      k: 'head',
      n: 2,
      c: 1,
      atMs: 1,
      status: 200,
      statusText: 'OK',
      type: 'basic',
      redirected: false,
      url,
      headers: [
        ['Set-Cookie', `sid=${SECRETS.cookie}`],
        ['content-type', 'text/event-stream'],
      ],
      declared: '',
    },
    {
      k: 'chunk',
      n: 3,
      c: 1,
      atMs: 2,
      sizeBytes: 10,
      text: `data: {"token":"${SECRETS.key}"}\n\ndata: ${SECRETS.jwt}\n\n`,
    },
  )
  return { ...connection, network: [networkFacts(url, wire)] }
}

function networkFacts(url: string, requestHeaders: readonly HeaderPair[]): NetworkFacts {
  const timings = { blockedMs: 1, dnsMs: -1, connectMs: -1, sslMs: -1, sendMs: 0, waitMs: 5, receiveMs: 6 }
  return {
    url,
    method: 'POST',
    resourceType: 'fetch',
    startedAtMs: 0,
    finishedAtMs: 10,
    status: 200,
    netError: '',
    protocol: 'h2',
    remoteAddress: '',
    fromCache: false,
    transferredBytes: -1,
    bodyBytes: -1,
    redirectedTo: '',
    requestHeaders,
    responseHeaders: [['Set-Cookie', `sid=${SECRETS.cookie}`]],
    requestBody: '',
    calledFrom: '',
    timings,
    resume: null,
  }
}

test.each(COPY_FORMATS.map((format) => [format.label, format] as const))('no secret is left in %s', (_, { make }) => {
  const connection = secretConnection()
  const redacted = make(connection, { withSecrets: false, withWire: true })
  expect(Object.values(SECRETS).filter((secret) => redacted.includes(secret))).toEqual([])
  // cmd needs carets before the signs.
  expect(redacted.replaceAll('^', '')).toContain('<redacted>')
  expect(redacted).toContain('Secrets are left out')
  const whole = make(connection, { withSecrets: true, withWire: true })
  expect(whole).toContain(SECRETS.google)
  expect(whole).not.toContain('redacted')
})

test('what looks like many beginnings of a secret does not hold up the panel', () => {
  const text = `${'-eyJabcdefgh'.repeat(100_000)} ${SECRETS.jwt}`
  expect(redactedText(text)?.slice(-12)).toBe('h <redacted>')
})

test('a request without secrets stays as it is', () => {
  const request = toReplayRequest(connectionFor({ path: '/a?q=1', headers: [['Accept', '*/*']] }, 'https://a.test'))
  expect(redactRequest(request)).toBe(request)
})

test('secrets in bytes and forms are found, too', () => {
  const binary = Buffer.concat([Buffer.from([0, 255, 254]), Buffer.from(` ${SECRETS.openai} `), Buffer.from([200])])
  const body: RecordedBody = { kind: 'bytes', base64: binary.toString('base64'), sizeBytes: 9, cut: false, type: '' }
  const bytes = redactRequest(toReplayRequest(connectionFor({ method: 'POST', body }, 'https://a.test'))).body
  expect(bytes.kind === 'bytes' && Buffer.from(bytes.base64, 'base64').toString('latin1')).toBe('\0ÿþ <redacted> È')
  const entries = [
    { name: 'password', value: 'x' },
    { name: 'note', value: SECRETS.github },
    { name: 'a', value: 'b' },
  ]
  const form = redactRequest(
    toReplayRequest(connectionFor({ method: 'POST', body: { kind: 'form', entries } }, 'https://a.test')),
  ).body
  expect(form.kind === 'form' && form.entries.map((entry) => 'value' in entry && entry.value)).toEqual([
    '<redacted>',
    '<redacted>',
    'b',
  ])
})
