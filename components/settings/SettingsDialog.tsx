import { useSignal } from '@preact/signals'
import { t } from '../../lib/i18n/translate.ts'
import { firstSettings, type SettingName, settingsNow, type Settings, type SettingValues } from '../../lib/settings.ts'
import type { CaptureControl } from '../../lib/site-switch.ts'
import { SheetDialog } from '../parts/SheetDialog.tsx'
import type { PanelState } from '../panel/panel-state.ts'
import { Appearance } from './Appearance.tsx'
import { KeptForReplays } from './KeptForReplays.tsx'
import { MemoryBounds } from './MemoryBounds.tsx'
import { OffSites } from './OffSites.tsx'
import { Secrets } from './Secrets.tsx'
import { UndoableButton } from './UndoableButton.tsx'
import { createSettingWriter } from './write-setting.ts'

interface SettingsDialogProps {
  readonly state: PanelState
  readonly settings: Settings
  readonly capture: CaptureControl
}

/** All that can be set for good. What is changed holds at once. */
export function SettingsDialog({ state, settings, capture }: SettingsDialogProps) {
  return (
    <SheetDialog title={t('Settings')} class="settings-dialog" isOpen={state.settingsOpen}>
      <Areas settings={settings} capture={capture} />
    </SheetDialog>
  )
}

function Areas({ settings, capture }: Omit<SettingsDialogProps, 'state'>) {
  const error = useSignal('')
  const write = createSettingWriter(settings, (text) => (error.value = text))
  const values = settings.values
  return (
    <>
      {error.value !== '' && <p role="alert">{error.value}</p>}
      <Appearance values={values} write={write} />
      <Secrets redaction={values.redaction.value} onChange={(redaction) => write('redaction', redaction)} />
      <MemoryBounds values={values} write={write} />
      <OffSites capture={capture} onError={(text) => (error.value = text)} />
      <KeptForReplays values={values} write={write} />
      <Defaults settings={settings} write={write} />
    </>
  )
}

/** What the user made stays: rules, prices and saved requests are no settings to be set back. */
const RESTORED = [
  'layout',
  'eventsTable',
  'language',
  'theme',
  'timeFormat',
  'redaction',
  'journalBytes',
  'textBound',
] as const satisfies readonly SettingName[]
type Restored = Pick<SettingValues, (typeof RESTORED)[number]>

interface DefaultsProps {
  readonly settings: Settings
  readonly write: ReturnType<typeof createSettingWriter>
}

function Defaults({ settings, write }: DefaultsProps) {
  const put = (values: Restored) => {
    for (const name of RESTORED) write(name, values[name])
  }
  const restore = () => {
    const before = settingsNow(settings)
    put(firstSettings())
    return before
  }
  return (
    <section>
      <p class="buttons">
        <UndoableButton
          label={t('Restore defaults')}
          title={t('All of the above but the sites, and the columns of the Events table, as they were at first')}
          onDo={restore}
          onUndo={put}
        />
      </p>
    </section>
  )
}
