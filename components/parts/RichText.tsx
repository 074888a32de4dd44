import { Fragment, type ComponentChildren } from 'preact'
import { toPattern } from '../../lib/i18n/translate.ts'

/** A message with elements in the places of its `{name}`s, whatever order a language puts them in. */
export function RichText({
  message,
  parts,
}: {
  readonly message: string
  readonly parts: Readonly<Record<string, ComponentChildren>>
}) {
  const pieces = toPattern(message).split(/\{(\w+)\}/)
  return pieces.map((piece, i) => <Fragment key={i}>{i % 2 === 0 ? piece : parts[piece]}</Fragment>)
}
