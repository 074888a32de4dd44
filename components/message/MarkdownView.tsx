import { useMemo } from 'preact/hooks'
import type { GrownText } from '../../lib/formats/turn.ts'
import { t } from '../../lib/i18n/translate.ts'
import { lengthBefore, type TurnLook } from './text-pieces.ts'
import { toElements } from './markdown-elements.tsx'

/** Text rendered as Markdown: read anew when it grew, so only texts of a common length are. */
const LONGEST = 100_000

export function MarkdownView({ grown, look }: { readonly grown: GrownText; readonly look: TurnLook }) {
  const length = Math.min(LONGEST, lengthBefore(grown, look.until))
  const elements = useMemo(() => toElements(grown.text.slice(0, length)), [grown, length])
  return (
    <div class="markdown">
      {elements}
      {grown.length > LONGEST && (
        <p class="quiet">{t('Only its beginning is rendered. All of it is shown as text.')}</p>
      )}
    </div>
  )
}
