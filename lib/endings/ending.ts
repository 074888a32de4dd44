/** Why a connection is over: evidence in, ending out. The evidence decides, never an error's message text alone. */
import { computed } from '@preact/signals'
import type { EndRecord } from '../protocol.ts'
import type { Ending, Verdict } from '../session/types.ts'
import type { Evidence, Gone } from './evidence.ts'
import { isBrokenByLeaving, isTimeout, isUnexplained, toReason } from './facts.ts'
import type { PageVerdict } from './facts.ts'
import { toLines } from './lines.ts'
import { toGoneSentence, toSentence } from './sentence.ts'
import { toPhase, toVerdict, toWho } from './verdict.ts'

/** Judges the evidence (design.md, "Endings"). May be asked again with more evidence: the ending then becomes more exact. */
export function toEnding(evidence: Evidence): Ending {
  if ('gone' in evidence.by) return toGoneEnding(evidence, evidence.by.gone)
  const { end } = evidence.by
  if (isBrokenByLeaving(evidence, end))
    return toGoneEnding(evidence, { cached: false, to: null, ...evidence.left, atMs: end.atMs })
  const verdict = toVerdict(evidence, end)
  return toWorded(evidence, { ...toMeasures(evidence, verdict, end.atMs), ...toAct(end, verdict) }, () =>
    toSentence(evidence, end, verdict),
  )
}

/** Its texts are written when they are read, in the language that is in force then. */
function toWorded(evidence: Evidence, facts: Omit<Ending, 'sentence' | 'evidence'>, toWords: () => string): Ending {
  const sentence = computed(toWords)
  const lines = computed(() => toLines(evidence, facts.verdict))
  return {
    ...facts,
    get sentence() {
      return sentence.value
    },
    get evidence() {
      return lines.value
    },
  }
}

/** What the page did and was told, where that is the cause; where something else came first, it is evidence only. */
function toAct(end: EndRecord, verdict: PageVerdict): Pick<Ending, 'reason' | 'by' | 'stack'> {
  switch (verdict) {
    case 'cancelled':
    case 'aborted':
    case 'timed out':
      return { reason: toReason(end), by: isTimeout(end) ? 'AbortSignal.timeout' : end.by, stack: end.stack }
    case 'lost':
    case 'unreachable':
    case 'refused':
      return { reason: isUnexplained(end) ? end.reason : null, by: '', stack: '' }
    case 'completed':
    case 'incomplete':
    case 'error event':
    case 'http error':
      return { reason: null, by: '', stack: '' }
    default:
      return verdict satisfies never
  }
}

function toGoneEnding(evidence: Evidence, gone: Gone): Ending {
  const facts = { ...toMeasures(evidence, 'page gone', gone.atMs), reason: null, by: '', stack: '' }
  return toWorded(evidence, facts, () => toGoneSentence(evidence, gone))
}

function toMeasures(
  evidence: Evidence,
  verdict: Verdict,
  atMs: number,
): Omit<Ending, 'reason' | 'by' | 'stack' | 'sentence' | 'evidence'> {
  const { open, sizeBytes, eventCount } = evidence
  return {
    verdict,
    who: toWho(evidence, verdict),
    phase: toPhase(evidence, verdict),
    atMs,
    afterMs: Math.max(0, atMs - open.atMs),
    sizeBytes,
    eventCount,
  }
}
