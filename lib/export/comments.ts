/** Notes as comments of a generated text. What a page named must not end the comment, nor be run. */

/** `lead` opens a comment that goes to the line's end. */
export function toComments(notes: readonly string[], lead: string): readonly string[] {
  return notes.map((note) => `${lead} ${note.replace(/[^\x20-\x7e]/g, '?')}`)
}

/** For shells, where a comment may be taken for a command when it is typed in: nothing in it means anything to them. */
export function toShellComments(notes: readonly string[], lead: string): readonly string[] {
  return notes.map((note) => `${lead} ${note.replace(/[^\w .,:/-]/g, '?')}`)
}
