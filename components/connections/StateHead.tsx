import { type ReadonlySignal, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { Connection } from '../../lib/session/types.ts'
import { t } from '../../lib/i18n/translate.ts'
import { Fields } from '../exchange/Fields.tsx'
import { CopyButton } from '../parts/CopyButton.tsx'
import { stateFields } from './state-fields.ts'
import { stateSentence, StateLabel } from './StateLabel.tsx'

interface StateHeadProps {
  readonly connection: Connection
  /** Wall clock in ms. */
  readonly now: ReadonlySignal<number>
  /** Buttons at the end of the line. */
  readonly children: ComponentChildren
}

/** How a connection ended, or what it is doing: one line, which unfolds to all that is known of it. */
export function StateHead({ connection, now, children }: StateHeadProps) {
  void connection.version.value
  const isOpen = useSignal(false)
  const { ending, alive } = connection
  const nowMs = alive ? now.value : 0
  const sentence = stateSentence(connection, nowMs)
  const fields = isOpen.value ? stateFields(connection, nowMs) : []
  const { stack, by } = ending ?? { stack: '', by: '' }
  const allText = () =>
    [
      `${connection.open.method} ${connection.open.url}`,
      sentence,
      ...fields.map(([name, value]) => `${name}: ${value}`),
      ...(stack === '' ? [] : [t('Call stack:'), stack]),
    ].join('\n')
  return (
    <div class="details-head">
      <details class="state-head" open={isOpen.value} onToggle={(event) => (isOpen.value = event.currentTarget.open)}>
        <summary title={isOpen.value ? t('Show less') : `${sentence}\n${t('Click for the evidence')}`}>
          <StateLabel state={connection.state} />
          <span class="sentence">{sentence}</span>
        </summary>
        {isOpen.value && (
          <div class="state-why">
            <Fields fields={fields} none={t('Nothing more is known.')} />
            {stack !== '' && (
              <details class="state-stack">
                <summary>{by === '' ? t('Call stack of the abort') : t('Call stack of {call}', { call: by })}</summary>
                <pre class="block">{stack}</pre>
              </details>
            )}
            <p class="buttons">
              <CopyButton label={t('Copy')} title={t('Copy the sentence and its evidence')} text={allText} />
            </p>
          </div>
        )}
      </details>
      {children}
    </div>
  )
}
