/**
 * Runs in the page. Looks for what may hide connections from capture, or change what the page gets of them: other code in
 * front of the functions that capture watches, or before them. It only looks; what others put there stays.
 */
import type { DocumentNoteRecord } from '../protocol.ts'
import {
  apply,
  bare,
  functionText,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  indexOf,
  isObject,
  slice,
  split,
  trim,
} from './natives.ts'
import { nativeBehind } from './patch.ts'
import type { Recorder } from './recorder.ts'
import { attempt } from './request.ts'

interface Place {
  readonly name: string
  readonly owner: object
  readonly key: string
  /** Whether capture puts a function of its own there. */
  readonly isPatched: boolean
}
const xhr = XMLHttpRequest.prototype
const PLACES: readonly Place[] = bare([
  { name: 'fetch', owner: window, key: 'fetch', isPatched: true },
  { name: 'EventSource', owner: window, key: 'EventSource', isPatched: true },
  { name: 'XMLHttpRequest', owner: window, key: 'XMLHttpRequest', isPatched: false },
  { name: 'XMLHttpRequest.prototype.open', owner: xhr, key: 'open', isPatched: true },
  { name: 'XMLHttpRequest.prototype.send', owner: xhr, key: 'send', isPatched: true },
])
const inPlace = ({ owner, key }: Place): unknown => getOwnPropertyDescriptor(owner, key)?.value

const thisNavigator = navigator
/** What Function.prototype.toString says of the browser's own; of Proxies, bound and written functions it says otherwise. */
function isNative(text: string): boolean {
  const at = indexOf(text, '() {')
  const body = split(slice(text, at + 4), '}')
  return at > 9 && body.length === 2 && trim(body[0] ?? '') === '[native code]' && body[1] === ''
}

/** `object[key]` by the browser's own getter; undefined where the page put another in its place. */
function nativeGet(object: unknown, key: string): unknown {
  if (!isObject(object)) return undefined
  const get = getOwnPropertyDescriptor(getPrototypeOf(object) as object, key)?.get
  return get && isNative(functionText(get)) ? apply(get, object, []) : undefined
}

export interface DocumentNotes {
  /** Notes what is new since the last look. */
  look(): void
  note(note: DocumentNoteRecord['note'], detail: string): void
}

/** To be made right after everything was patched. */
export function createDocumentNotes(recorder: Recorder): DocumentNotes {
  const noted: Record<string, true> = bare({})
  const note: DocumentNotes['note'] = (code, detail) => {
    const key = `${code} ${detail}`
    if (noted[key]) return
    noted[key] = true
    recorder.documentNote(code, detail)
  }
  const ours: unknown[] = bare([])
  for (let i = 0; i < PLACES.length; i++) ours[i] = PLACES[i] && inPlace(PLACES[i] as Place)
  const lookAt = (place: Place, our: unknown): void => {
    if (inPlace(place) !== our) note('replaced', place.name)
    const native = nativeBehind(our)
    if (place.isPatched && our !== undefined && !native) note('unpatched', place.name)
    const text = attempt(functionText, (native ?? our) as () => unknown)
    if (text !== undefined && !isNative(text)) note('wrapped-before', place.name)
  }
  return bare({
    note,
    look() {
      for (let i = 0; i < PLACES.length; i++) lookAt(PLACES[i] as Place, ours[i])
      // Refused where the frame may not have one.
      const controller = attempt(
        (of: unknown) => nativeGet(nativeGet(of, 'serviceWorker'), 'controller'),
        thisNavigator,
      )
      const script = nativeGet(controller, 'scriptURL')
      if (typeof script === 'string') note('service-worker', script)
    },
  })
}
