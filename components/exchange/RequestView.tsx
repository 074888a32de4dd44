import type { ReadonlySignal } from '@preact/signals'
import type { Redaction } from '../../lib/export/redaction.ts'
import type { Connection } from '../../lib/session/types.ts'
import { t } from '../../lib/i18n/translate.ts'
import { BodyView } from './BodyView.tsx'
import { CopyAs } from './CopyAs.tsx'
import { CopyButton } from '../parts/CopyButton.tsx'
import { Fields, Section } from './Fields.tsx'
import { formatTimeOfDay } from '../parts/format.ts'

interface RequestViewProps {
  readonly connection: Connection
  readonly redaction: ReadonlySignal<Redaction>
  readonly onReplay: () => void
}

/** What the page asked for, as it gave it. */
export function RequestView({ connection, redaction, onReplay }: RequestViewProps) {
  void connection.version.value
  const { open, body, frame } = connection
  const query = [...(URL.parse(open.url)?.searchParams ?? [])]
  return (
    <div class="view">
      <div class="view-bar">
        <CopyAs connection={connection} redaction={redaction} />
        <button
          type="button"
          class="text-button"
          aria-keyshortcuts="r"
          title={t('Change the request and send it again (R)')}
          onClick={onReplay}
        >
          {t('Replay')}
        </button>
      </div>
      <div class="scroll view-body" tabIndex={0} role="group" aria-label={t('Request')}>
        <Section title={t('General')}>
          <Fields
            fields={[
              ['URL', <UrlValue key="url" url={open.url} />],
              [t('Method'), open.method],
              [t('Called'), formatTimeOfDay(frame.timeOriginMs + open.atMs)],
              [t('Document'), frame.top ? frame.url : t('{url} (a frame)', { url: frame.url })],
              [t('Counts as a stream'), open.asked === '' ? t('By its answer; see Response') : open.asked],
            ]}
          />
        </Section>
        {query.length > 0 && (
          <Section title={t('Query')}>
            <Fields fields={query} />
          </Section>
        )}
        <Section title={t('Headers, as the page gave them')}>
          <Fields fields={open.headers} none={t('None. What the browser adds is not seen here.')} />
        </Section>
        <Section title={t('Body')}>
          <BodyView body={body} />
        </Section>
        <Section title={t('Options')}>
          <Fields fields={Object.entries(open.options)} />
        </Section>
        <Section title={t('Call stack')}>
          {open.stack === '' ? <p class="none">{t('Not known.')}</p> : <pre class="block">{open.stack}</pre>}
        </Section>
      </div>
    </div>
  )
}

function UrlValue({ url }: { readonly url: string }) {
  return (
    <>
      {url} <CopyButton label={t('Copy')} title={t('Copy the URL')} text={() => url} />
    </>
  )
}
