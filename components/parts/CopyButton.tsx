import { copyText } from './clipboard.ts'
import { useSaid } from './use-said.ts'

const SAID_MS = 1500

interface CopyButtonProps {
  readonly label: string
  /** Made when pressed: it may be large. */
  readonly text: () => string
  readonly title?: string
}

export function CopyButton({ label, text, title }: CopyButtonProps) {
  const said = useSaid(SAID_MS)
  const copy = async () => {
    said.value = (await copyText(text())) ? 'Copied' : 'Copying was refused'
  }
  return (
    <button type="button" class="text-button" title={title ?? label} onClick={() => void copy()}>
      <span aria-live="polite">{said.value === '' ? label : said.value}</span>
    </button>
  )
}
