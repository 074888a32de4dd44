/** What differs between two requests, as text that is copied. */
import { redactRequest } from '../../lib/export/redact.ts'
import type { Redaction } from '../../lib/export/redaction.ts'
import type { RequestPart } from '../../lib/compare/request-parts.ts'
import { requestParts } from '../../lib/compare/request-parts.ts'
import { t } from '../../lib/i18n/translate.ts'
import { toReplayRequest } from '../../lib/replay/request.ts'
import type { Connection } from '../../lib/session/types.ts'
import { toDiffLines } from '../data/diff-lines.ts'
import { toName } from './compared.ts'
import { titleOf } from './request-titles.ts'

/** Secrets are left out unless the user wants them; that two secrets differ is still said. */
export function requestText(base: Connection, other: Connection, { on, names }: Redaction): string {
  const [before, after] = [toReplayRequest(base), toReplayRequest(other)]
  const real = requestParts(before, after)
  const written = on ? requestParts(redactRequest(before, names), redactRequest(after, names)) : real
  const parts = real.map((part, index) => partText(part, written[index] ?? part))
  return [`--- ${toName(base)}`, `+++ ${toName(other)}`, ...parts.filter((text) => text !== '')].join('\n')
}

/** @param real what differs; `written` has the same, with secrets left out */
function partText(real: RequestPart, written: RequestPart): string {
  const lines = real.name === 'body' ? bodyLines(real, written) : pairLines(real, written)
  return lines.length === 0 ? '' : [`@@ ${titleOf(real)}`, ...lines].join('\n')
}

function pairLines(real: RequestPart, written: RequestPart): readonly string[] {
  if (real.name === 'body' || written.name === 'body') return []
  return real.pairs.flatMap(({ name, kind }, index) => {
    const { before = null, after = null } = written.pairs[index] ?? {}
    if (kind === 'same') return []
    const isHidden = kind === 'changed' && before === after
    return [
      ...(before === null ? [] : [`- ${name}: ${before}`]),
      ...(after === null ? [] : [`+ ${name}: ${after}${isHidden ? ` (${t('another one')})` : ''}`]),
    ]
  })
}

function bodyLines(real: RequestPart, written: RequestPart): readonly string[] {
  if (real.name !== 'body' || written.name !== 'body' || real.before.text === real.after.text) return []
  if (written.before.text === written.after.text) return [t('They differ in what is left out as a secret.')]
  const lines = toDiffLines(written.before.text, written.after.text)
  if (lines === null) return [t('These two are too long, or too different, to be compared.')]
  return lines.map(({ change, text }) => {
    if (change === 'left out') return `  … ${text}`
    return `${change === 'added' ? '+' : change === 'removed' ? '-' : ' '} ${text}`
  })
}
