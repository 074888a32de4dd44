import { msg, t } from '../i18n/translate.ts'
import type { Connection } from '../session/types.ts'

type State = Connection['state']

const STATE_WORDS: Readonly<Record<State, string>> = {
  connecting: msg('connecting'),
  waiting: msg('waiting'),
  open: msg('open'),
  stalled: msg('stalled'),
  unread: msg('unread'),
  reconnecting: msg('reconnecting'),
  completed: msg('completed'),
  incomplete: msg('incomplete'),
  cancelled: msg('cancelled'),
  aborted: msg('aborted'),
  'timed out': msg('timed out'),
  'http error': msg('HTTP error'),
  refused: msg('refused'),
  unreachable: msg('unreachable'),
  lost: msg('lost'),
  'error event': msg('error event'),
  'page gone': msg('page gone'),
}

/** The state as it is written for people. */
export function toStateWord(state: State): string {
  return t(STATE_WORDS[state])
}
