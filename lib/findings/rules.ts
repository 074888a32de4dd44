/** Every rule. The order is that of the findings of one severity. */
import type { Rule } from './finding.ts'
import { badRetry } from './rules/bad-retry.ts'
import { blockWithoutData } from './rules/block-without-data.ts'
import { bodyNeverRead } from './rules/body-never-read.ts'
import { bufferedDelivery } from './rules/buffered-delivery.ts'
import { byteOrderMark } from './rules/byte-order-mark.ts'
import { compressedStream } from './rules/compressed-stream.ts'
import { connectionLimit } from './rules/connection-limit.ts'
import { contentFilter } from './rules/content-filter.ts'
import { doneWithoutFinish } from './rules/done-without-finish.ts'
import { duplicateDeltas } from './rules/duplicate-deltas.ts'
import { errorInStream } from './rules/error-in-stream.ts'
import { eventIds } from './rules/event-ids.ts'
import { finishLength } from './rules/finish-length.ts'
import { invalidUtf8 } from './rules/invalid-utf8.ts'
import { lateReading } from './rules/late-reading.ts'
import { longStall } from './rules/long-stall.ts'
import { missingTerminalEvent } from './rules/missing-terminal-event.ts'
import { nulInId } from './rules/nul-in-id.ts'
import { onlyHeartbeats } from './rules/only-heartbeats.ts'
import { reasoningWithoutAnswer } from './rules/reasoning-without-answer.ts'
import { reconnectLoop } from './rules/reconnect-loop.ts'
import { sequenceGap } from './rules/sequence-gap.ts'
import { slowFirstByte } from './rules/slow-first-byte.ts'
import { toolArguments } from './rules/tool-arguments.ts'
import { truncatedTail } from './rules/truncated-tail.ts'
import { unclosedBlock } from './rules/unclosed-block.ts'
import { unknownField } from './rules/unknown-field.ts'
import { unreadableEvents } from './rules/unreadable-events.ts'
import { usageMissing } from './rules/usage-missing.ts'
import { wrongContentType } from './rules/wrong-content-type.ts'

export const RULES: readonly Rule[] = [
  truncatedTail,
  invalidUtf8,
  wrongContentType,
  unknownField,
  byteOrderMark,
  nulInId,
  bufferedDelivery,
  lateReading,
  connectionLimit,
  reconnectLoop,
  eventIds,
  slowFirstByte,
  longStall,
  bodyNeverRead,
  blockWithoutData,
  badRetry,
  onlyHeartbeats,
  compressedStream,
  missingTerminalEvent,
  errorInStream,
  finishLength,
  contentFilter,
  unclosedBlock,
  toolArguments,
  sequenceGap,
  duplicateDeltas,
  doneWithoutFinish,
  unreadableEvents,
  reasoningWithoutAnswer,
  usageMissing,
]
