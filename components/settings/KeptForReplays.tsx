import { t, tn } from '../../lib/i18n/translate.ts'
import { firstSettings, type Settings, type SettingValues } from '../../lib/settings.ts'
import { UndoableButton } from './UndoableButton.tsx'
import type { SettingWriter } from './write-setting.ts'

interface KeptForReplaysProps {
  readonly values: Settings['values']
  readonly write: SettingWriter
}
type Kept = Pick<SettingValues, 'headerSets' | 'replayVariables'>

/** What the user let be stored in the request editor; it may hold secrets. */
export function KeptForReplays({ values, write }: KeptForReplaysProps) {
  const kept: Kept = { headerSets: values.headerSets.value, replayVariables: values.replayVariables.value }
  const sets = kept.headerSets.length
  const sites = Object.keys(kept.replayVariables).length
  const put = ({ headerSets, replayVariables }: Kept) => {
    write('headerSets', headerSets)
    write('replayVariables', replayVariables)
  }
  const forget = () => {
    put(firstSettings())
    return kept
  }
  return (
    <section>
      <h3>{t('Stored for replays')}</h3>
      <p class="buttons">
        <span>
          {tn(sets, '{n} header set', '{n} header sets')} ·{' '}
          {tn(sites, 'variables of {n} site', 'variables of {n} sites')}
        </span>
        <UndoableButton label={t('Forget')} isOffered={sets + sites > 0} onDo={forget} onUndo={put} />
      </p>
    </section>
  )
}
