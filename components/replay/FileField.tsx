import { useSignal } from '@preact/signals'
import { t } from '../../lib/i18n/translate.ts'
import type { ChosenFile } from '../../lib/replay/editor/form.ts'
import { formatSize } from '../parts/format.ts'
import { MOST_FILE_BYTES, readFile } from './files.ts'

interface FileFieldProps {
  readonly label: string
  readonly file: ChosenFile | null
  /** What the request calls it, where it has to be chosen again. */
  readonly wanted?: string
  readonly onChoose: (file: ChosenFile) => void
}

/** A file to send, and how much of it there is. */
export function FileField({ label, file, wanted = '', onChoose }: FileFieldProps) {
  const error = useSignal('')
  const choose = async (chosen: File) => {
    error.value = ''
    try {
      const read = await readFile(chosen)
      if (read === null)
        error.value = t('The file is larger than {size}: it cannot be sent from here.', {
          size: formatSize(MOST_FILE_BYTES),
        })
      else onChoose(read)
    } catch {
      // It was changed or taken away since it was chosen.
      error.value = t('The file could not be read. Choose it again.')
    }
  }
  return (
    <span class="file-field">
      <label class="text-button file-button">
        {file === null ? t('Choose a file …') : t('Another file …')}
        <input
          type="file"
          class="visually-hidden"
          aria-label={label}
          onChange={(event) => {
            const [chosen] = event.currentTarget.files ?? []
            if (chosen !== undefined) void choose(chosen)
            // The same file can be chosen again.
            event.currentTarget.value = ''
          }}
        />
      </label>
      <span class="file-facts">
        {file === null
          ? wanted
          : [file.name || t('Bytes of the original'), file.type, formatSize(file.sizeBytes)]
              .filter(Boolean)
              .join(' · ')}
      </span>
      {error.value !== '' && (
        <span class="bad" role="alert">
          {error.value}
        </span>
      )}
    </span>
  )
}
