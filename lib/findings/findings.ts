/** All that the rules have to say about a connection. */
import { msg, t } from '../i18n/translate.ts'
import type { Connection } from '../session/types.ts'
import type { EntryMark, Finding, FindingContext, Rule, Severity, Watcher } from './finding.ts'
import { turnReaderOf } from '../turns/turn-reader.ts'
import { RULES } from './rules.ts'
import { createSharedTime } from './shared-time.ts'

/** Chunks and entries looked at in one call: some ms of work. */
export const STEPS_PER_LOOK = 5_000
/** Steps between two looks at the clock. */
const STEPS_PER_LOOK_AT_CLOCK = 128
/** A chat answer is read for as long as that many steps would take. */
const STEPS_PER_MS = 1_000
/** What all that look in smaller steps share of one task: a list may draw fifty rows at once. */
const SHARED_MS = 4
const LEAST_LOOKS = 8
const small = createSharedTime(SHARED_MS, LEAST_LOOKS)

export interface Diagnosis {
  /** The gravest first. */
  readonly findings: readonly Finding[]
  /** False while part of the stream has not been looked at: ask again. */
  readonly complete: boolean
  readonly ruleCount: number
  /** Entries that no rule looked at: their texts were dropped before. */
  readonly unseenCount: number
}

/** How far one connection has been looked at. */
interface Scan {
  readonly watchers: readonly Watcher[]
  readonly ofChunks: readonly Watcher[]
  readonly ofEntries: readonly Watcher[]
  chunkCount: number
  entryCount: number
  unseenCount: number
  /** What was said last. */
  findings: readonly Finding[]
}

const scans = new WeakMap<Connection, Scan>()

/**
 * Looks at what came since the last call, at most `steps` chunks and entries of it and for about `budgetMs`, each once in the
 * connection's life; then asks every rule. With a budget and small steps it may be put off for lack of time: it then gives
 * what it gave last, and is not complete.
 */
export function findingsOf(
  connection: Connection,
  context: FindingContext,
  steps = STEPS_PER_LOOK,
  budgetMs = Infinity,
): Diagnosis {
  const scan = scans.get(connection) ?? createScan(RULES)
  scans.set(connection, scan)
  const isShared = steps < STEPS_PER_LOOK && budgetMs < Infinity
  if (isShared && small.isOver) return toDiagnosis(scan, false)
  const startMs = performance.now()
  const isScanned = goOn(scan, connection, steps, startMs + (isShared ? Math.min(budgetMs, small.leftMs) : budgetMs))
  const isRead = turnReaderOf(connection).update(steps / STEPS_PER_MS)
  scan.findings = scan.watchers.flatMap((watcher) => watcher.judge(connection, context) ?? []).toSorted(byWeight)
  if (isShared) small.spend(startMs)
  return toDiagnosis(scan, isScanned && isRead)
}

function toDiagnosis({ findings, unseenCount }: Scan, complete: boolean): Diagnosis {
  return { findings, complete, ruleCount: RULES.length, unseenCount }
}

function createScan(rules: readonly Rule[]): Scan {
  const watchers = rules.map((rule) => rule.watch())
  return {
    watchers,
    ofChunks: watchers.filter(({ chunk }) => chunk !== undefined),
    ofEntries: watchers.filter(({ entry }) => entry !== undefined),
    chunkCount: 0,
    entryCount: 0,
    unseenCount: 0,
    findings: [],
  }
}

function goOn(scan: Scan, connection: Connection, steps: number, untilMs: number): boolean {
  const { chunks, entries } = connection
  for (let step = 0; step < steps; step += 1) {
    if (step % STEPS_PER_LOOK_AT_CLOCK === 0 && step > 0 && performance.now() >= untilMs) return false
    const isEntryNext = scan.entryCount < entries.length && entries.chunkOf(scan.entryCount) < scan.chunkCount
    if (isEntryNext) {
      const index = scan.entryCount
      const entry: EntryMark = {
        index,
        kind: entries.kindOf(index),
        type: entries.typeOf(index),
        atMs: entries.atMsOf(index),
      }
      const away = entries.awayOf(index)
      if (away === 'stored') {
        void entries.bring(index)
        return false
      }
      scan.entryCount += 1
      if (away === 'dropped') scan.unseenCount += 1
      else for (const watcher of scan.ofEntries) watcher.entry?.(entry, connection)
    } else if (scan.chunkCount < chunks.length) {
      const index = scan.chunkCount
      const chunk = chunks.at(index)
      scan.chunkCount += 1
      // Away already: what rules could say of an empty text would not be true.
      if (chunk.text === '' && chunks.lengthOf(index) > 0) continue
      for (const watcher of scan.ofChunks) watcher.chunk?.(chunk, index, connection)
    } else {
      return true
    }
  }
  return scan.chunkCount === chunks.length && scan.entryCount === entries.length
}

/** As they are called in a text; on labels they are words of their own. */
const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  problem: msg('problem'),
  warning: msg('warning'),
  hint: msg('hint'),
}

const WEIGHTS: Readonly<Record<Severity, number>> = { problem: 0, warning: 1, hint: 2 }

function byWeight(one: Finding, other: Finding): number {
  return WEIGHTS[one.severity] - WEIGHTS[other.severity]
}

/** A finding as text: Markdown, which reads well where it is not rendered, too. */
export function toMarkdown({ severity, title, sentence, evidence, advice }: Finding): string {
  const list = (name: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', name, '', ...lines.map((line) => `- ${line}`)]
  return [
    t('**{title}** ({severity})', { title, severity: t(SEVERITY_WORDS[severity]) }),
    '',
    sentence,
    ...list(
      t('Evidence:'),
      evidence.map(({ text }) => text),
    ),
    ...list(t('What to do:'), advice),
  ].join('\n')
}
