interface TextCellProps {
  readonly label: string
  readonly value: string
  readonly placeholder?: string
  readonly title?: string | undefined
  readonly onInput: (value: string) => void
  readonly list?: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: boolean
}

/** A field in a table. One with line ends in it is shown with its lines: a one-line field would take them out. */
export function TextCell({ label, value, onInput, list, ...rest }: TextCellProps) {
  if (/[\r\n]/.test(value))
    return (
      <textarea
        {...rest}
        aria-label={label}
        rows={Math.min(6, value.split('\n').length)}
        spellcheck={false}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    )
  return (
    <input
      {...rest}
      {...(list !== undefined && { list })}
      type="text"
      aria-label={label}
      autocomplete="off"
      spellcheck={false}
      value={value}
      onInput={(event) => onInput(event.currentTarget.value)}
    />
  )
}
