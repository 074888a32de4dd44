interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly (readonly [value: Value, name: string])[]
  readonly onChoose: (value: Value) => void
}

/** One of a few. */
export function Choice<Value extends string>({ label, value, options, onChoose }: ChoiceProps<Value>) {
  const choose = (index: number) => {
    const option = options[index]
    if (option !== undefined) onChoose(option[0])
  }
  return (
    <label class="setting">
      <span>{label}</span>
      <select onChange={(event) => choose(event.currentTarget.selectedIndex)}>
        {options.map(([one, name]) => (
          <option key={one} value={one} selected={one === value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
