import type { RecordedBody } from '../../lib/protocol.ts'
import { t } from '../../lib/i18n/translate.ts'
import { toUnseenWords } from '../../lib/replay/request.ts'
import { CopyButton } from '../parts/CopyButton.tsx'
import { DataView } from '../data/DataView.tsx'
import { Fields } from './Fields.tsx'
import { formatSize } from '../parts/format.ts'
import { toHexLines } from '../data/hex.ts'

/** A request's body, as far as it was recorded. */
export function BodyView({ body }: { readonly body: RecordedBody }) {
  switch (body.kind) {
    case 'none':
      return <p class="none">{t('None.')}</p>
    case 'text':
      return (
        <div class="body-text">
          <DataView
            text={body.text}
            label={t('Request body')}
            before={
              <span class="detail-facts">
                {body.cut
                  ? t('{size}, only its beginning was recorded', { size: formatSize(body.sizeBytes) })
                  : formatSize(body.sizeBytes)}
              </span>
            }
            after={<CopyButton label={t('Copy')} title={t('Copy the body')} text={() => body.text} />}
          />
        </div>
      )
    case 'form':
      return (
        <Fields
          none={t('A form without entries.')}
          fields={body.entries.map((entry) => [
            entry.name,
            'value' in entry
              ? entry.value
              : t('File {name} · {type} · {size}', {
                  name: entry.fileName,
                  type: entry.type || t('no type'),
                  size: formatSize(entry.sizeBytes),
                }),
          ])}
        />
      )
    case 'bytes':
      return (
        <>
          <p class="none">
            {body.type === ''
              ? t('{size} of bytes. Their beginning:', { size: formatSize(body.sizeBytes) })
              : t('{size} of bytes ({type}). Their beginning:', { size: formatSize(body.sizeBytes), type: body.type })}
          </p>
          <pre class="block">{toHexLines(body.base64).join('\n')}</pre>
        </>
      )
    case 'stream':
      return <p class="none">{t('A ReadableStream. It was left to the request and not read.')}</p>
    case 'unseen':
      return <p class="none">{t('There is a body that could not be seen: {why}', { why: toUnseenWords(body.why) })}</p>
    default:
      return body satisfies never
  }
}
