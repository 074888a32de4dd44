import { type Signal, useSignal } from '@preact/signals'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { complete, type KnownValues, type Suggestion } from '../../lib/filter/complete.ts'
import type { FilterError, Grammar } from '../../lib/filter/filter.ts'
import { t } from '../../lib/i18n/translate.ts'

interface FilterFieldProps {
  readonly text: Signal<string>
  readonly grammar: Grammar
  readonly errors: readonly FilterError[]
  readonly known: KnownValues
  readonly label: string
  readonly title: string
  readonly placeholder: string
}

/** A field for the filter language: applies as it is typed in, and offers keys and values. */
export function FilterField({ text, grammar, errors, known, label, title, placeholder }: FilterFieldProps) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const popup = useRef<HTMLDivElement>(null)
  const isOpen = useSignal(false)
  const active = useSignal(-1)
  const caret = useSignal(0)
  /** The caret has to be put where `caret` says, once the new text is in the field. */
  const mustPlace = useRef(false)
  const suggestions = isOpen.value ? complete(text.value, caret.value, grammar, known) : []
  const isShown = suggestions.length > 0

  useLayoutEffect(() => {
    if (!mustPlace.current) return
    mustPlace.current = false
    input.current?.setSelectionRange(caret.value, caret.value)
  })
  useLayoutEffect(() => {
    if (popup.current === null || input.current === null) return
    const box = input.current.getBoundingClientRect()
    Object.assign(popup.current.style, { left: `${box.left}px`, top: `${box.bottom + 1}px` })
    // Over everything, or toolbars would cut it off.
    popup.current.showPopover()
  }, [isShown])
  useLayoutEffect(() => {
    document.getElementById(`${id}-${active.value}`)?.scrollIntoView({ block: 'nearest' })
  }, [active.value])

  const close = () => {
    isOpen.value = false
    active.value = -1
  }
  const take = ({ insert, replaced: { from, to } }: Suggestion) => {
    active.value = -1
    mustPlace.current = true
    caret.value = from + insert.length
    // After a key come its values.
    isOpen.value = insert.endsWith(':')
    text.value = text.value.slice(0, from) + insert + text.value.slice(to)
    input.current?.focus()
  }
  const move = (by: 1 | -1) => {
    isOpen.value = true
    const count = complete(text.value, caret.value, grammar, known).length
    if (count > 0) active.value = (Math.max(active.value, by > 0 ? -1 : 0) + by + count) % count
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = suggestions[active.value]
    // Tab goes on to the next control unless something is offered for what was typed.
    const byTab =
      event.key === 'Tab' && !event.shiftKey ? (chosen ?? (text.value === '' ? undefined : suggestions[0])) : undefined
    if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp' && isShown) move(-1)
    else if (event.key === 'Enter' && chosen !== undefined) take(chosen)
    else if (byTab !== undefined) take(byTab)
    else if (event.key === 'Escape' && isShown) close()
    else if (event.key === 'Escape' && text.value !== '') text.value = ''
    else {
      if (event.key === 'Enter' || event.key === 'Tab') close()
      return
    }
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <span class="filter-field">
      <input
        ref={input}
        type="search"
        class={errors.length > 0 ? 'filter has-error' : 'filter'}
        role="combobox"
        list={undefined}
        aria-autocomplete="list"
        aria-expanded={isShown}
        aria-controls={`${id}-list`}
        aria-label={label}
        aria-invalid={errors.length > 0}
        {...(isShown && active.value >= 0 && { 'aria-activedescendant': `${id}-${active.value}` })}
        placeholder={placeholder}
        title={title}
        spellcheck={false}
        autocomplete="off"
        value={text.value}
        onInput={(event) => {
          caret.value = event.currentTarget.selectionStart ?? 0
          text.value = event.currentTarget.value
          active.value = -1
          isOpen.value = text.value !== ''
        }}
        onKeyDown={onKeyDown}
        onKeyUp={(event) => (caret.value = event.currentTarget.selectionStart ?? 0)}
        onPointerUp={(event) => (caret.value = event.currentTarget.selectionStart ?? 0)}
        onBlur={close}
      />
      {isShown && (
        <div
          ref={popup}
          id={`${id}-list`}
          class="suggestions"
          popover="manual"
          role="listbox"
          aria-label={t('{field}: what may follow', { field: label })}
        >
          {suggestions.map((suggestion, index) => (
            <div
              key={suggestion.insert}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active.value}
              // Before the field loses the focus to it.
              onPointerDown={(event) => {
                event.preventDefault()
                take(suggestion)
              }}
            >
              <span class="mono">{suggestion.label}</span>
              <span class="suggestion-hint">{suggestion.hint}</span>
            </div>
          ))}
        </div>
      )}
    </span>
  )
}

/** What is wrong with the text, below its field. */
export function FilterErrors({ text, errors }: { readonly text: string; readonly errors: readonly FilterError[] }) {
  if (errors.length === 0) return null
  return (
    <div class="notice notice-bad filter-errors" role="status">
      {errors.map(({ message, from, to }) => (
        <div key={from}>
          <code class="mono">{text.slice(from, to)}</code> {message}
        </div>
      ))}
    </div>
  )
}
