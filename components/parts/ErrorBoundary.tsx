import { Component, type ComponentChildren } from 'preact'
import { CopyButton } from './CopyButton.tsx'
import { toErrorReport } from './error-report.ts'
import { t } from '../../lib/i18n/translate.ts'

interface ErrorBoundaryProps {
  /** What failed, for people: "The Events view". */
  readonly what: string
  readonly children: ComponentChildren
}
interface ErrorBoundaryState {
  readonly error: unknown
  readonly failed: boolean
}

/** Keeps an error in one view from taking the others along. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null, failed: false }

  static override getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error, failed: true }
  }

  override render() {
    if (!this.state.failed) return this.props.children
    const { error } = this.state
    return (
      <div class="hint" role="alert">
        <p>
          <strong>{t('{what} could not be shown.', { what: this.props.what })}</strong>{' '}
          {t('The rest of the panel goes on.')}
        </p>
        <p class="mono">{error instanceof Error ? `${error.name}: ${error.message}` : String(error)}</p>
        <p>
          {t(
            'This is a mistake in Streamscope. Please report it at the support address of its page among the browser’s extensions: with what you did before, and with these details.',
          )}
        </p>
        <p class="buttons">
          <CopyButton label={t('Copy details')} text={() => toErrorReport(this.props.what, error)} />
          <button type="button" class="text-button" onClick={() => this.setState({ error: null, failed: false })}>
            {t('Try again')}
          </button>
        </p>
      </div>
    )
  }
}
