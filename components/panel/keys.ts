/** All keys of the panel, by area, for the sheet that lists them. */

/** One line of the sheet. */
export interface KeyLine {
  /** Each one does it; `Shift+Enter` is one key. */
  readonly keys: readonly string[]
  readonly does: string
}

export interface KeyArea {
  readonly name: string
  readonly lines: readonly KeyLine[]
}

const line = (keys: string, does: string): KeyLine => ({ keys: keys.split(' '), does })

/** `ctrl`: how the system names the key that commands are given with. */
export const keyAreas = (ctrl: 'Ctrl' | '⌘'): readonly KeyArea[] => [
  {
    name: 'Panel',
    lines: [
      line('?', 'These keys'),
      line('Tab Shift+Tab', 'Next or previous control'),
      line('Esc', 'Clears the span of time; closes menus and dialogs'),
      line('← → Home End', 'In a tab strip: another tab'),
      line('← → ↑ ↓', 'On the bar between two panes: moves it'),
    ],
  },
  {
    name: 'List of connections',
    lines: [
      line('↑ ↓', 'Previous or next connection'),
      line('PageUp PageDown', 'A page up or down'),
      line('Home End', 'First or last connection'),
    ],
  },
  {
    name: 'Events',
    lines: [
      line('↑ ↓ PageUp PageDown', 'Another event'),
      line('Home', 'First event'),
      line('End', 'Last event, and follow those that come'),
      line('Enter', 'Opens the event'),
      line('Esc', 'Closes it'),
      line('← →', 'On a column’s head: another head'),
      line('Enter', 'On a column’s head: sorts'),
      line('Shift+← Shift+→', 'On a column’s head: moves the column'),
      line('Alt+← Alt+→', 'On a column’s head: makes it narrower or wider'),
    ],
  },
  {
    name: 'JSON and text',
    lines: [
      line('→ ←', 'Unfolds or folds; goes to what is inside or around'),
      line('Space', 'Folds or unfolds'),
      line('Enter Shift+Enter', 'In the search field: next or previous place'),
      line(`${ctrl}+A`, 'In a text: selects all of it'),
    ],
  },
  {
    name: 'Find and search',
    lines: [
      line(`${ctrl}+F`, 'In the Events tab: find in events'),
      line('Enter Shift+Enter', 'In the find field: next or previous row'),
      line('Enter', 'In the rows of a search in all connections: shows the event'),
      line('Esc', 'Closes'),
    ],
  },
  {
    name: 'Filter field',
    lines: [
      line('↓ ↑', 'Next or previous suggestion'),
      line('Enter Tab', 'Takes the suggestion'),
      line('Esc', 'Closes the suggestions, then empties the field'),
    ],
  },
  {
    name: 'Timeline',
    lines: [
      line('← →', 'Moves the cursor'),
      line('Home End', 'Cursor to the start or end'),
      line('Shift+← Shift+→', 'Selects a span of time'),
      line('+ − W S', 'Zooms in or out'),
      line('A D', 'Moves to earlier or later'),
      line('0', 'Shows all'),
      line('Z', 'Shows the selected span'),
      line('↑ ↓', 'In the timeline of all connections: chooses a lane'),
      line('Enter', 'Opens that lane; in the Timeline tab: the event at the cursor'),
      line('Esc', 'Clears the span'),
    ],
  },
  {
    name: 'Message',
    lines: [line('← → Home End', 'On the scrubber: another moment'), line('Space', 'On Play: plays or pauses')],
  },
  {
    name: 'Copy as',
    lines: [line('↑ ↓ Home End', 'Another format'), line('Enter', 'Copies'), line('Esc', 'Closes')],
  },
]
