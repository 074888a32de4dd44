/** Runs in the page, before its scripts, in every frame. Must not throw, must not delay it, must not show. */
import type { BridgeToCapture } from '../protocol.ts'
import { ASK_BOUND, linkToBridge } from '../world-link.ts'
import { tellIdle } from './demand.ts'
import { createDocumentNotes } from './document-notes.ts'
import { patchEventSource } from './event-source.ts'
import { answerFamily, predecessor, relative } from './family.ts'
import { patchFetch } from './fetch.ts'
import { addListener, bare, dispatch, noop, removeListener, slice } from './natives.ts'
import { nameOriginals } from './observe.ts'
import { patchToString, sharedNatives, takeOverNatives, type Undo } from './patch.ts'
import { createRecorder } from './recorder.ts'
import { createReplays } from './replay.ts'
import { patchResponses } from './responses.ts'
import { patchStreams } from './streams.ts'
import { patchTransfer } from './transfer.ts'
import { patchXhr } from './xhr.ts'

/** Ports carry up to 64 MiB a message, and a character takes up to three bytes there: larger batches go in parts. */
const PART_CHARS = 1_000_000

/** Puts capture in place and gives its undo, after which the page has its native functions again. */
export function install(): Undo {
  const recorder = createRecorder()
  const replays = createReplays(recorder)
  const parse = JSON.parse
  let isOff = false
  /** Of the subscription in force. */
  let turn = 0
  let undo = noop
  let family = ''
  const link = linkToBridge({ addListener, removeListener, dispatch }, (text) => {
    const command = parse(text) as BridgeToCapture
    if (command.k === 'subscribe') {
      turn = command.turn
      recorder.subscribe(command.from, sendBatch)
    } else if (command.k === 'family') joinFamily(command.secret)
    else if (command.k === 'bound') recorder.limit(command.sizeBytes)
    else if (command.k === 'flush') recorder.flush()
    else if (command.k === 'replay') replays.start(command.replay)
    else if (command.k === 'stop-replay') replays.stop(command.run, command.by)
    else if (command.k === 'unsubscribe') {
      // DevTools was closed: nobody is there who could want what goes on.
      replays.stopAll()
      recorder.unsubscribe()
    } else {
      isOff = true
      replays.stopAll()
      undo()
    }
  })
  recorder.onBegin = () => link.send(ASK_BOUND)
  // A header line of our own, then the records' text: the bridge passes it on without parsing.
  const sendBatch = (first: number, last: number, json: string): void => {
    for (let part = 0, at = 0; at < json.length; part++, at += PART_CHARS) {
      const more = at + PART_CHARS < json.length
      link.send(`${turn} ${first} ${last} ${part} ${more ? 1 : 0} ${slice(json, at, at + PART_CHARS)}`)
    }
  }
  const joinFamily = (secret: string): void => {
    if (secret === family) return
    family = secret
    const first = import.meta.env.FIREFOX ? predecessor(secret) : undefined
    if (first) {
      isOff = true
      link.yield()
      undo()
      first.renew()
      return
    }
    const kin = relative(secret)
    if (kin) takeOverNatives(kin.natives)
    // It answers on when capture goes: a successor must not take its place where it was switched off.
    answerFamily(secret, () => bare({ natives: sharedNatives(), renew: () => !isOff && link.renew() }))
  }
  link.open()
  if (isOff) {
    link.close()
    return noop
  }
  const undos: Undo[] = [
    nameOriginals(),
    ...patchFetch(recorder),
    ...patchResponses((declared) => notes.note('made-up', declared)),
    ...patchStreams(),
    ...patchTransfer(),
    ...patchEventSource(recorder),
    ...patchXhr(recorder),
    patchToString(),
  ]
  const notes = createDocumentNotes(recorder)
  recorder.onWatch = () => {
    notes.look()
    tellIdle()
  }
  undo = () => {
    for (let i = undos.length - 1; i >= 0; i--) undos[i]?.()
    recorder.unsubscribe()
    link.close()
  }
  return undo
}
