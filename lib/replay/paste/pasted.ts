/** What was read from a command or from code. */
import type { HeaderPair } from '../../protocol.ts'
import type { ReplayForm } from '../editor/form.ts'

export type PastedBody =
  | { readonly kind: 'none' }
  /** `untyped`: without a Content-Type header it has none. */
  | { readonly kind: 'text'; readonly text: string; readonly untyped: boolean }
  | { readonly kind: 'bytes'; readonly base64: string; readonly type: string }
  | { readonly kind: 'form'; readonly entries: readonly PastedEntry[] }
  /** It comes from a file or from something else that is not in the text. */
  | { readonly kind: 'file' }

export type PastedEntry =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly fileName: string; readonly type: string }

export interface PastedRequest {
  readonly method: string
  readonly url: string
  readonly headers: readonly HeaderPair[]
  readonly body: PastedBody
  /** Those that were said. */
  readonly options: Partial<
    Pick<ReplayForm, 'credentials' | 'mode' | 'redirect' | 'cache' | 'referrer' | 'referrerPolicy' | 'timeoutMs' | 'as'>
  >
}

export type Paste =
  | {
      readonly request: PastedRequest
      /** What of the text is not in the request, in sentences for people. */
      readonly notUnderstood: readonly string[]
    }
  /** Why it is no request at all, for people. */
  | { readonly error: string }
