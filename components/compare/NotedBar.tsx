import type { ComponentChildren } from 'preact'

interface NotedBarProps {
  /** What is to be known of what is shown; empty for nothing. */
  readonly note?: string
  readonly children: ComponentChildren
}

/** Over a tab of the comparison: what can be done there, and at its end a note. */
export function NotedBar({ note = '', children }: NotedBarProps) {
  return (
    <div class="view-bar compare-bar-wide">
      {children}
      <span class="view-count" role="status" title={note}>
        {note}
      </span>
    </div>
  )
}
