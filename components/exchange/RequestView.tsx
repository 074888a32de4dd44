import type { Connection } from '../../lib/session/types.ts'
import { BodyView } from './BodyView.tsx'
import { CopyAs } from './CopyAs.tsx'
import { CopyButton } from '../parts/CopyButton.tsx'
import { Fields, Section } from './Fields.tsx'
import { formatTimeOfDay } from '../parts/format.ts'

/** What the page asked for, as it gave it. */
export function RequestView({ connection }: { readonly connection: Connection }) {
  void connection.version.value
  const { open, body, frame } = connection
  const query = [...(URL.parse(open.url)?.searchParams ?? [])]
  return (
    <div class="view">
      <div class="view-bar">
        <CopyAs connection={connection} />
      </div>
      <div class="scroll view-body" tabIndex={0} role="group" aria-label="Request">
        <Section title="General">
          <Fields
            fields={[
              ['URL', <UrlValue key="url" url={open.url} />],
              ['Method', open.method],
              ['Called', formatTimeOfDay(frame.timeOriginMs + open.atMs)],
              ['Document', frame.top ? frame.url : `${frame.url} (a frame)`],
              ['Counts as a stream', open.asked === '' ? 'By its answer; see Response' : open.asked],
            ]}
          />
        </Section>
        {query.length > 0 && (
          <Section title="Query">
            <Fields fields={query} />
          </Section>
        )}
        <Section title="Headers, as the page gave them">
          <Fields fields={open.headers} none="None. What the browser adds is not seen here." />
        </Section>
        <Section title="Body">
          <BodyView body={body} />
        </Section>
        <Section title="Options">
          <Fields fields={Object.entries(open.options)} />
        </Section>
        <Section title="Call stack">
          {open.stack === '' ? <p class="none">Not known.</p> : <pre class="block">{open.stack}</pre>}
        </Section>
      </div>
    </div>
  )
}

function UrlValue({ url }: { readonly url: string }) {
  return (
    <>
      {url} <CopyButton label="Copy" title="Copy the URL" text={() => url} />
    </>
  )
}
