import { useId } from 'preact/hooks'
import { t } from '../../lib/i18n/translate.ts'
import { toTokenPrices } from '../../lib/turns/prices.ts'
import type { PanelState } from '../panel/panel-state.ts'

/** Prices for tokens, from which the cost of an answer follows. Both empty: none. */
export function PricesForm({ state }: { readonly state: PanelState }) {
  const id = useId()
  const prices = state.tokenPrices.value
  const save = (form: HTMLFormElement) => {
    const [input, output] = ['input', 'output'].map((name) => {
      const field = form.elements.namedItem(name)
      return field instanceof HTMLInputElement && field.value !== '' ? Number(field.value) : null
    })
    state.setTokenPrices(toTokenPrices({ input, output }))
  }
  return (
    <>
      <button
        type="button"
        class="text-button"
        popovertarget={id}
        aria-haspopup="dialog"
        title={t('What a million tokens cost you, for the cost of answers')}
      >
        {t('Prices …')}
      </button>
      <div id={id} popover="auto" class="popover prices" role="dialog" aria-label={t('Prices of tokens')}>
        <form onSubmit={(event) => event.preventDefault()} onInput={(event) => save(event.currentTarget)}>
          <p class="quiet">{t('For a million tokens each. Cached input is counted as input.')}</p>
          {(['input', 'output'] as const).map((name) => (
            <label key={name}>
              {name === 'input' ? t('Input') : t('Output')}{' '}
              <input type="number" name={name} min={0} step="any" defaultValue={String(prices?.[name] ?? '')} />
            </label>
          ))}
        </form>
      </div>
    </>
  )
}
