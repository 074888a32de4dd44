import { Component, type ComponentChildren } from 'preact'
import { CopyButton } from './CopyButton.tsx'

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
    const details = error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ''}` : String(error)
    return (
      <div class="hint" role="alert">
        <p>
          <strong>{this.props.what} could not be shown.</strong> The rest of the panel goes on.
        </p>
        <p class="mono">{details.split('\n', 1)[0]}</p>
        <p class="buttons">
          <CopyButton label="Copy details" text={() => details} />
          <button type="button" class="text-button" onClick={() => this.setState({ error: null, failed: false })}>
            Try again
          </button>
        </p>
      </div>
    )
  }
}
