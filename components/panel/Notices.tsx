import type { CaptureControl } from '../../lib/site-switch.ts'
import type { Session } from '../../lib/session/types.ts'
import { documentNoteSentence } from '../exchange/document-notes.ts'
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
          The extension was updated. Close and reopen DevTools. What is shown here stays until then.
        </div>
      )}
      {!session.reachable.value && (
        <div class="notice" role="status">
          This page does not answer. Reload it if it was loaded before Streamscope was installed or updated. Browsers
          keep extensions out of their own pages and their stores.
        </div>
      )}
      <CaptureNotice session={session} capture={capture} />
      {first !== undefined && (
        <div class="notice" role="status">
          {more.length === 0 ? (
            first
          ) : (
            <details>
              <summary>
                {first} ({more.length} more)
              </summary>
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
        <p>Connecting to the page …</p>
      </div>
    )
  }
  const sentences = [...new Set(session.documentNotes.map(documentNoteSentence))]
  if (isCaptureOff({ session, capture })) return <CaptureOffHint session={session} capture={capture} />
  return (
    <div class="hint">
      <p>
        <strong>No streams yet.</strong>
      </p>
      <p>
        Use the page: <code>fetch</code>, <code>EventSource</code> and <code>XMLHttpRequest</code> answers that stream
        show up here while they arrive.
      </p>
      <p>Other requests are left alone and are not listed.</p>
      {sentences.length > 0 && (
        <ul class="sentences">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {!session.recording.value && (
        <p class="buttons">
          Recording is paused.
          <button type="button" class="text-button" onClick={() => (session.recording.value = true)}>
            Record
          </button>
        </p>
      )}
    </div>
  )
}
