/** What looks like a secret, by its name and by its shape. */

export const REDACTED = '<redacted>'

const SECRET_WORDS: ReadonlySet<string> = new Set([
  'auth',
  'authorization',
  'authentication',
  'bearer',
  'cookie',
  'cookie2',
  'credential',
  'credentials',
  'csrf',
  'jwt',
  'passphrase',
  'passwd',
  'password',
  'pwd',
  'secret',
  'sid',
  'token',
  'xsrf',
  'apikey',
  'sessionid',
])
/** Two words that make a secret together. */
const SECRET_PAIRS = /\b(?:api|access|private|secret|session|subscription|functions|account|auth) (?:key|id)\b/

/** `x-api-key`, `accessToken`, `client_secret` …: by the words in a name, however it is written. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
  if (words.some((word) => SECRET_WORDS.has(word))) return true
  const joined = words.join(' ')
  return SECRET_PAIRS.test(joined) && !/\b(?:account|access) id\b/.test(joined)
}

/** Signed links have more. */
export function isSecretParameter(name: string): boolean {
  return isSecretName(name) || /^(?:key|sig|signature|x-(?:amz|goog)-signature)$/i.test(name)
}

const SHAPES: readonly RegExp[] = [
  // JSON Web Tokens; each run of such characters is looked at once, however many beginnings it has
  /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  // OpenAI, Anthropic, DeepSeek, Stripe
  /\bsk-[\w-]{16,}/g,
  /\b[spr]k_(?:live|test)_\w{10,}/g,
  // GitHub, GitLab, npm
  /\bgh[oprsu]_\w{20,}/g,
  /\bgithub_pat_\w{20,}/g,
  /\bglpat-[\w-]{16,}/g,
  /\bnpm_\w{30,}/g,
  // AWS, Google
  /\b(?:AKIA|ASIA)[A-Z\d]{16}\b/g,
  /\bAIza[\w-]{30,}/g,
  /\bya29\.[\w-]{20,}/g,
  // Slack, Hugging Face, Groq, xAI, Perplexity, Replicate
  /\bxox[abeprs]-[\w-]{10,}/g,
  /\b(?:hf|gsk|r8)_\w{20,}/g,
  /\b(?:xai|pplx)-\w{20,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
]
/** The scheme stays: it is no secret, and says what has to be put in. */
const AFTER_SCHEME = /\b(Bearer|Basic)((?:\s|%20|\+)+)(?=[\w.~+/=-]*\d|[\w.~+/=-]{20})[\w.~+/=-]{8,}/gi

/** A name and its string, which may be cut off. */
const JSON_FIELD = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:\s*)"(?!")[^"\\]*(?:\\.[^"\\]*)*(?:"|$)/g

export interface Redactor {
  /** How many were taken out so far. */
  readonly count: number
  /** Whether a name says that what it names is a secret. */
  isSecret(name: string): boolean
  /** In any text. */
  text(text: string): string
  /** A value whose name may say that it is a secret. */
  value(value: string, isSecret: boolean): string
  /** As `text`, and by the names of its parameters. */
  query(text: string): string
  /** As `text`, and by the names of JSON's strings. */
  json(text: string): string
}

/** `ownNames`: what the user calls a secret besides; case, dashes and underscores do not matter. */
export function createRedactor(ownNames: readonly string[] = []): Redactor {
  const own = new Set(ownNames.map(toPlainName))
  const isSecret = (name: string) => isSecretName(name) || own.has(toPlainName(name))
  let count = 0
  const take = () => {
    count += 1
    return REDACTED
  }
  const text = (from: string) =>
    SHAPES.reduce(
      (left, shape) => left.replace(shape, take),
      from.replace(AFTER_SCHEME, (_, scheme: string, space: string) => `${scheme}${space}${take()}`),
    )
  return {
    get count() {
      return count
    },
    text,
    isSecret,
    value: (value, isTaken) => (isTaken && value !== '' ? take() : text(value)),
    query: (from) =>
      text(
        from.replace(/(^|[?&])([^=&#?\s]+)=([^&#\s]+)/g, (all, lead: string, name: string) =>
          isSecretParameter(decoded(name)) || isSecret(decoded(name)) ? `${lead}${name}=${take()}` : all,
        ),
      ),
    json: (from) =>
      text(
        from.replace(JSON_FIELD, (all, name: string, colon: string) =>
          isSecret(name) ? `"${name}"${colon}"${take()}"` : all,
        ),
      ),
  }
}

const toPlainName = (name: string): string => name.toLowerCase().replace(/[-_\s]/g, '')

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    // Not percent-encoded: the name is what it is.
    return name
  }
}
