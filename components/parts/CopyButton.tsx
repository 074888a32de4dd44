import { copyText } from './clipboard.ts'
import { useSaid } from './use-said.ts'
import { t } from '../../lib/i18n/translate.ts'

const SAID_MS = 1500

interface CopyButtonProps {
  readonly label: string
  /** Made when pressed: it may be large. */
  readonly text: () => string | Promise<string>
  readonly title?: string
}

export function CopyButton({ label, text, title }: CopyButtonProps) {
  const said = useSaid(SAID_MS)
  const copy = async () => {
    const made = text()
    // Without waiting where nothing has to be waited for: copying has to follow the click soon.
    const isCopied = await copyText(typeof made === 'string' ? made : await made)
    said.value = isCopied ? t('Copied') : t('Copying was refused')
  }
  return (
    <button type="button" class="text-button" title={title ?? label} onClick={() => void copy()}>
      <span aria-live="polite">{said.value === '' ? label : said.value}</span>
    </button>
  )
}
