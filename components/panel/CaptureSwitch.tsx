import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { Session } from '../../lib/session/types.ts'
import { choiceFor, siteOf, type CaptureChoice, type CaptureControl } from '../../lib/site-switch.ts'

export interface CaptureProps {
  readonly session: Session
  readonly capture: CaptureControl
}

/** Reads what holds for the page in view: the choice, its site in words, and whether the page still runs otherwise. */
function factsOf({ session, capture }: CaptureProps) {
  void session.version.value
  const site = siteOf(session.pageUrl)
  const choice = choiceFor(capture.setting.value, site)
  const capturing = session.capturing.value
  return {
    choice,
    siteName: site === 'file:' ? 'files' : site,
    /** Off as chosen, and off in the page. */
    isOff: capturing === false && choice !== 'on',
    /** The page was loaded before the choice. */
    needsReload: capturing !== null && (choice === 'on') !== capturing,
  }
}

/** Toolbar: where capture is on and off. */
export function CaptureSwitch(props: CaptureProps) {
  const { session, capture } = props
  const { choice, siteName } = factsOf(props)
  const id = useId()
  const error = useSignal('')
  const choose = (chosen: CaptureChoice) => {
    error.value = ''
    capture.choose(chosen, session.pageUrl).catch((reason: unknown) => {
      error.value = `This could not be switched: ${String(reason)}`
    })
  }
  const option = (value: CaptureChoice, name: string) => (
    <label class="check">
      <input type="radio" name={id} checked={choice === value} onChange={() => choose(value)} />
      {name}
    </label>
  )
  return (
    <>
      <button
        type="button"
        class="text-button"
        popovertarget={id}
        aria-haspopup="dialog"
        title="Where Streamscope looks at pages, and where it leaves them alone"
      >
        {choice === 'on' ? 'Capture' : 'Capture is off'}
      </button>
      <div id={id} popover="auto" class="popover capture-switch" role="dialog" aria-label="Capture">
        <fieldset>
          <legend>Capture</legend>
          {option('on', siteName === null ? 'On' : `On for ${siteName}`)}
          {siteName !== null && option('off here', `Off for ${siteName}`)}
          {option('off everywhere', 'Off everywhere')}
        </fieldset>
        {siteName !== null && siteName !== 'files' && (
          <p class="quiet">A site is a host with all its ports, by http and https, in tabs and in frames.</p>
        )}
        <p class="quiet">Where it is off, pages have the browser’s own functions from their next load on.</p>
        {error.value !== '' && <p role="alert">{error.value}</p>}
      </div>
    </>
  )
}

/** Says what a reload would change, and offers it; and that capture is off, where rows of before hide the empty list. */
export function CaptureNotice(props: CaptureProps) {
  const { choice, siteName, isOff, needsReload } = factsOf(props)
  if (needsReload) {
    return (
      <div class="notice" role="status">
        {choice === 'on'
          ? `Nothing of this page is captured. Streamscope is on for ${siteName ?? 'it'} after a reload.`
          : `This page is still captured. Streamscope is off ${choice === 'off here' ? `for ${siteName}` : 'everywhere'} after a reload.`}
        <button type="button" class="text-button" onClick={() => props.capture.reloadPage()}>
          Reload page
        </button>
      </div>
    )
  }
  return isOff && props.session.rows.length > 0 ? (
    <div class="notice" role="status">
      <OffSentence {...props} />
    </div>
  ) : null
}

export const isCaptureOff = (props: CaptureProps): boolean => factsOf(props).isOff

/** In place of the empty list, where capture is off. */
export function CaptureOffHint(props: CaptureProps) {
  return (
    <div class="hint">
      <OffSentence {...props} />
      <p>The page has the browser’s own functions, and nothing of it is recorded.</p>
    </div>
  )
}

function OffSentence(props: CaptureProps) {
  const { choice, siteName } = factsOf(props)
  const { session, capture } = props
  const turnOn = () => {
    // Refused by the browser: then it stays off, as the switch goes on saying.
    capture.choose('on', session.pageUrl).catch(() => {})
  }
  return (
    <p class="buttons">
      <strong>Streamscope is off {choice === 'off here' ? `for ${siteName}` : 'everywhere'}.</strong>
      <button type="button" class="text-button" onClick={turnOn}>
        Turn on
      </button>
    </p>
  )
}
