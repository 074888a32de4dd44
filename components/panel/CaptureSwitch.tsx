import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { Session } from '../../lib/session/types.ts'
import { choiceFor, siteOf, type CaptureChoice, type CaptureControl } from '../../lib/site-switch.ts'
import { t } from '../../lib/i18n/translate.ts'

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
    siteName: site === 'file:' ? t('files') : site,
    isFiles: site === 'file:',
    /** Off as chosen, and off in the page. */
    isOff: capturing === false && choice !== 'on',
    /** The page was loaded before the choice. */
    needsReload: capturing !== null && (choice === 'on') !== capturing,
  }
}

/** Toolbar: where capture is on and off. */
export function CaptureSwitch(props: CaptureProps) {
  const { session, capture } = props
  const { choice, siteName, isFiles } = factsOf(props)
  const id = useId()
  const error = useSignal('')
  const choose = (chosen: CaptureChoice) => {
    error.value = ''
    capture.choose(chosen, session.pageUrl).catch((reason: unknown) => {
      error.value = t('This could not be switched: {reason}', { reason: String(reason) })
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
        title={t('Where Streamscope looks at pages, and where it leaves them alone')}
      >
        {choice === 'on' ? t('Capture') : t('Capture is off')}
      </button>
      <div id={id} popover="auto" class="popover capture-switch" role="dialog" aria-label={t('Capture')}>
        <fieldset>
          <legend>{t('Capture')}</legend>
          {option('on', siteName === null ? t('On') : t('On for {site}', { site: siteName }))}
          {siteName !== null && option('off here', t('Off for {site}', { site: siteName }))}
          {option('off everywhere', t('Off everywhere'))}
        </fieldset>
        {siteName !== null && !isFiles && (
          <p class="quiet">{t('A site is a host with all its ports, by http and https, in tabs and in frames.')}</p>
        )}
        <p class="quiet">{t('Where it is off, pages have the browser’s own functions from their next load on.')}</p>
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
        {reloadSentence(choice, siteName)}
        <button type="button" class="text-button" onClick={() => props.capture.reloadPage()}>
          {t('Reload page')}
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

function reloadSentence(choice: CaptureChoice, siteName: string | null): string {
  switch (choice) {
    case 'on':
      return siteName === null
        ? t('Nothing of this page is captured. Streamscope is on for it after a reload.')
        : t('Nothing of this page is captured. Streamscope is on for {site} after a reload.', { site: siteName })
    case 'off here':
      return t('This page is still captured. Streamscope is off for {site} after a reload.', { site: siteName ?? '' })
    case 'off everywhere':
      return t('This page is still captured. Streamscope is off everywhere after a reload.')
    default:
      return choice satisfies never
  }
}

export const isCaptureOff = (props: CaptureProps): boolean => factsOf(props).isOff

/** In place of the empty list, where capture is off. */
export function CaptureOffHint(props: CaptureProps) {
  return (
    <div class="hint">
      <OffSentence {...props} />
      <p>{t('The page has the browser’s own functions, and nothing of it is recorded.')}</p>
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
      <strong>
        {choice === 'off here' && siteName !== null
          ? t('Streamscope is off for {site}.', { site: siteName })
          : t('Streamscope is off everywhere.')}
      </strong>
      <button type="button" class="text-button" onClick={turnOn}>
        {t('Turn on')}
      </button>
    </p>
  )
}
