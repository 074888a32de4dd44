import { useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../../lib/i18n/translate.ts'
import type { Code } from './code-mirror.ts'

interface CodeFieldProps {
  readonly label: string
  readonly language: 'json' | 'text'
  readonly text: string
  readonly onChange: (text: string) => void
}

/** A text of many lines, with mistakes marked in their places where it is JSON. */
export function CodeField({ label, language, text, onChange }: CodeFieldProps) {
  const place = useRef<HTMLDivElement>(null)
  const code = useRef<Code | null>(null)
  const last = useRef({ text, onChange })
  last.current = { text, onChange }
  const give = (next: string) => last.current.onChange(next)
  const failed = useSignal(false)
  useEffect(() => {
    let isGone = false
    import('./code-mirror.ts')
      .then(({ openCode }) => {
        if (isGone || place.current === null) return
        code.current = openCode({
          parent: place.current,
          label,
          language,
          text: last.current.text,
          onChange: give,
        })
      })
      .catch(() => {
        // The extension was updated, and its old files are gone: a plain field does.
        failed.value = true
      })
    return () => {
      isGone = true
      code.current?.destroy()
      code.current = null
    }
  }, [language])
  // Before the next key: an effect after the drawing would put an older text in the place of what was typed meanwhile.
  useLayoutEffect(() => code.current?.show(text), [text])
  if (failed.value)
    return (
      <textarea
        class="wide-text mono"
        aria-label={label}
        rows={8}
        spellcheck={false}
        value={text}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    )
  return <div ref={place} class="code-field" data-loading={t('Opening the editor …')} />
}
