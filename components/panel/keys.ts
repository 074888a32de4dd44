/** All keys of the panel, by area, for the sheet that lists them. */
import { msg } from '../../lib/i18n/translate.ts'

/** One line of the sheet. */
export interface KeyLine {
  /** Each one does it; `Shift+Enter` is one key. */
  readonly keys: readonly string[]
  /** A message. */
  readonly does: string
}

export interface KeyArea {
  /** A message. */
  readonly name: string
  readonly lines: readonly KeyLine[]
}

const line = (keys: string, does: string): KeyLine => ({ keys: keys.split(' '), does })

/** `ctrl`: how the system names the key that commands are given with. */
export const keyAreas = (ctrl: 'Ctrl' | '⌘'): readonly KeyArea[] => [
  {
    name: msg('Panel'),
    lines: [
      line('?', msg('These keys')),
      line('Tab Shift+Tab', msg('Next or previous control')),
      line('Esc', msg('Clears the span of time; closes menus and dialogs')),
      line('← → Home End', msg('In a tab strip: another tab')),
      line('← → ↑ ↓', msg('On the bar between two panes: moves it')),
    ],
  },
  {
    name: msg('List of connections'),
    lines: [
      line('↑ ↓', msg('Previous or next connection')),
      line('PageUp PageDown', msg('A page up or down')),
      line('Home End', msg('First or last connection')),
      line('← → Enter', msg('Closes or opens a group')),
      line('Shift+↑ Shift+↓', msg('Selects one more, for a comparison')),
      line(`${ctrl}+↑ ${ctrl}+↓`, msg('Moves on and keeps what is selected')),
      line(`${ctrl}+Space`, msg('Selects the connection besides, or no more')),
      line('C', msg('Compares the selected connections; Esc goes back')),
    ],
  },
  {
    name: msg('Events'),
    lines: [
      line('↑ ↓ PageUp PageDown', msg('Another event')),
      line('Home', msg('First event')),
      line('End', msg('Last event, and follow those that come')),
      line('Enter', msg('Opens the event')),
      line('Esc', msg('Closes it')),
      line('← →', msg('On a column’s head: another head')),
      line('Enter', msg('On a column’s head: sorts')),
      line('Shift+← Shift+→', msg('On a column’s head: moves the column')),
      line('Alt+← Alt+→', msg('On a column’s head: makes it narrower or wider')),
    ],
  },
  {
    name: msg('JSON and text'),
    lines: [
      line('→ ←', msg('Unfolds or folds; goes to what is inside or around')),
      line('Space', msg('Folds or unfolds')),
      line('Enter Shift+Enter', msg('In the search field: next or previous place')),
      line(`${ctrl}+A`, msg('In a text: selects all of it')),
    ],
  },
  {
    name: msg('Find and search'),
    lines: [
      line(`${ctrl}+F`, msg('In the Events tab: find in events')),
      line('Enter Shift+Enter', msg('In the find field: next or previous row')),
      line('Enter', msg('In the rows of a search in all connections: shows the event')),
      line('Esc', msg('Closes')),
    ],
  },
  {
    name: msg('Filter field'),
    lines: [
      line('↓ ↑', msg('Next or previous suggestion')),
      line('Enter Tab', msg('Takes the suggestion')),
      line('Esc', msg('Closes the suggestions, then empties the field')),
    ],
  },
  {
    name: msg('Timeline'),
    lines: [
      line('← →', msg('Moves the cursor')),
      line('Home End', msg('Cursor to the start or end')),
      line('Shift+← Shift+→', msg('Selects a span of time')),
      line('+ − W S', msg('Zooms in or out')),
      line('A D', msg('Moves to earlier or later')),
      line('0', msg('Shows all')),
      line('Z', msg('Shows the selected span')),
      line('↑ ↓', msg('In the timeline of all connections: chooses a lane')),
      line('Enter', msg('Opens that lane; in the Timeline tab: the event at the cursor')),
      line('Esc', msg('Clears the span')),
    ],
  },
  {
    name: msg('Message'),
    lines: [
      line('← → Home End', msg('On the scrubber: another moment')),
      line('Space', msg('On Play: plays or pauses')),
    ],
  },
  {
    name: msg('Copy as'),
    lines: [line('↑ ↓ Home End', msg('Another format')), line('Enter', msg('Copies')), line('Esc', msg('Closes'))],
  },
  {
    name: msg('Replay'),
    lines: [
      line('R', msg('Opens the request editor')),
      line(`${ctrl}+Enter`, msg('In the request editor: sends')),
      line(`${ctrl}+Z ${ctrl}+Shift+Z`, msg('In the request editor: undo or redo')),
    ],
  },
]
