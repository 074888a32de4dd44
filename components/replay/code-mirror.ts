/** The text editor, apart from the panel's other code: it is loaded when a body is edited first. */
import { defaultKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { linter, lintGutter } from '@codemirror/lint'
import { EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { findJsonMistake } from '../../lib/replay/editor/json-check.ts'

export interface CodeOptions {
  readonly parent: HTMLElement
  readonly label: string
  readonly language: 'json' | 'text'
  readonly text: string
  readonly onChange: (text: string) => void
}

export interface Code {
  /** Takes over a text that was changed elsewhere; the cursor stays where nothing changed. */
  show(text: string): void
  destroy(): void
}

const COLOURS = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--json-name)' },
  { tag: tags.string, color: 'var(--json-string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--json-number)' },
])

const THEME = EditorView.theme({
  '&': { backgroundColor: 'var(--ground)', color: 'var(--text)', maxHeight: '100%' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { font: 'var(--mono)', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--ground-quiet)', color: 'var(--text-quiet)', borderRight: 'none' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--ground-selected)',
  },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--ground-hover)', outline: '1px solid var(--line)' },
  '.cm-tooltip': { backgroundColor: 'var(--ground)', color: 'var(--text)', border: '1px solid var(--line)' },
  '.cm-diagnostic': { font: 'var(--font)' },
})

export function openCode({ parent, label, language, text, onChange }: CodeOptions): Code {
  let isShowing = false
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        // Carriage returns are part of the text, and go out as they came.
        EditorState.lineSeparator.of('\n'),
        lineNumbers(),
        drawSelection(),
        EditorView.lineWrapping,
        // Undo is the form's; Tab goes to the next control.
        keymap.of(defaultKeymap),
        EditorView.contentAttributes.of({ 'aria-label': label, 'aria-multiline': 'true', spellcheck: 'false' }),
        syntaxHighlighting(COLOURS),
        THEME,
        ...(language === 'json' ? jsonExtensions() : []),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged && !isShowing) onChange(state.doc.toString())
        }),
      ],
    }),
  })
  return {
    show(next) {
      const change = difference(view.state.doc.toString(), next)
      if (change === null) return
      isShowing = true
      view.dispatch({ changes: change })
      isShowing = false
    },
    destroy: () => view.destroy(),
  }
}

function jsonExtensions(): Extension[] {
  return [
    json(),
    indentOnInput(),
    bracketMatching(),
    lintGutter(),
    linter(
      ({ state }) => {
        const mistake = findJsonMistake(state.doc.toString())
        if (mistake === null) return []
        return [{ from: mistake.from, to: mistake.to, severity: 'error', message: mistake.text }]
      },
      { delay: 300 },
    ),
  ]
}

/** The one stretch that differs; null for none. */
function difference(before: string, after: string): { from: number; to: number; insert: string } | null {
  if (before === after) return null
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1
  let end = 0
  while (end < most - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end))
    end += 1
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) }
}
