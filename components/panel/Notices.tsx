import type { CaptureControl } from '../../lib/site-switch.ts'
import type { Session } from '../../lib/session/types.ts'
import { t } from '../../lib/i18n/translate.ts'
import { documentNoteSentence } from '../exchange/document-notes.ts'
import { RichText } from '../parts/RichText.tsx'
import { CaptureNotice, CaptureOffHint, isCaptureOff } from './CaptureSwitch.tsx'

interface NoticesProps {
  readonly session: Session
  readonly capture: CaptureControl
}

/** What the user must know about what is (not) shown: a lost link, and what was dropped. */
export function Notices({ session, capture }: NoticesProps) {
  void session.version.value
  const { losses } = session
  const [first, ...more] = losses
  return (
    <>
      {session.link.value === 'lost' && (
        <div class="notice notice-bad" role="alert">
          {t('The extension was updated. Close and reopen DevTools. What is shown here stays until then.')}
        </div>
      )}
      {!session.reachable.value && (
        <div class="notice" role="status">
          {t(
            'This page does not answer. Reload it if it was loaded before Streamscope was installed or updated. Browsers keep extensions out of their own pages and their stores.',
          )}
        </div>
      )}
      <CaptureNotice session={session} capture={capture} />
      {first !== undefined && (
        <div class="notice" role="status">
          {more.length === 0 ? (
            first
          ) : (
            <details>
              <summary>{t('{loss} ({n} more)', { loss: first, n: more.length })}</summary>
              <ul>
                {more.map((loss) => (
                  <li key={loss}>{loss}</li>
                ))}
              </ul>
            </details>
          )}
        </div>
      )}
    </>
  )
}

export function EmptyList({ session, capture }: NoticesProps) {
  if (session.link.value === 'waiting') {
    return (
      <div class="hint">
        <p>{t('Connecting to the page …')}</p>
      </div>
    )
  }
  const sentences = [...new Set(session.documentNotes.map(documentNoteSentence))]
  if (isCaptureOff({ session, capture })) return <CaptureOffHint session={session} capture={capture} />
  return (
    <div class="hint">
      <p>
        <strong>{t('No streams yet.')}</strong>
      </p>
      <p>
        <RichText
          message="Use the page: {fetch}, {eventSource} and {xhr} answers that stream show up here while they arrive."
          parts={{
            fetch: <code>fetch</code>,
            eventSource: <code>EventSource</code>,
            xhr: <code>XMLHttpRequest</code>,
          }}
        />
      </p>
      <p>{t('Other requests are left alone and are not listed.')}</p>
      {sentences.length > 0 && (
        <ul class="sentences">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {!session.recording.value && (
        <p class="buttons">
          {t('Recording is paused.')}
          <button type="button" class="text-button" onClick={() => (session.recording.value = true)}>
            {t('Record')}
          </button>
        </p>
      )}
    </div>
  )
}
