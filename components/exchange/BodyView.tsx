import type { RecordedBody } from '../../lib/protocol.ts'
import { CopyButton } from '../parts/CopyButton.tsx'
import { DataView } from '../data/DataView.tsx'
import { Fields } from './Fields.tsx'
import { formatSize } from '../parts/format.ts'
import { toHexLines } from '../data/hex.ts'

/** A request's body, as far as it was recorded. */
export function BodyView({ body }: { readonly body: RecordedBody }) {
  switch (body.kind) {
    case 'none':
      return <p class="none">None.</p>
    case 'text':
      return (
        <div class="body-text">
          <DataView
            text={body.text}
            label="Request body"
            before={
              <span class="detail-facts">
                {formatSize(body.sizeBytes)}
                {body.cut && ', only its beginning was recorded'}
              </span>
            }
            after={<CopyButton label="Copy" title="Copy the body" text={() => body.text} />}
          />
        </div>
      )
    case 'form':
      return (
        <Fields
          none="A form without entries."
          fields={body.entries.map((entry) => [
            entry.name,
            'value' in entry
              ? entry.value
              : `File ${entry.fileName} · ${entry.type || 'no type'} · ${formatSize(entry.sizeBytes)}`,
          ])}
        />
      )
    case 'bytes':
      return (
        <>
          <p class="none">
            {formatSize(body.sizeBytes)} of bytes{body.type !== '' && ` (${body.type})`}. Their beginning:
          </p>
          <pre class="block">{toHexLines(body.base64).join('\n')}</pre>
        </>
      )
    case 'stream':
      return <p class="none">A ReadableStream. It was left to the request and not read.</p>
    case 'unseen':
      return <p class="none">There is a body that could not be seen: {body.why}</p>
    default:
      return body satisfies never
  }
}
