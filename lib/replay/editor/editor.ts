/** One form under edit: what is in it, and what it was. */
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { ReplayForm } from './form.ts'
import { record, redo, startHistory, undo } from './history.ts'

export interface ReplayEditor {
  readonly form: ReadonlySignal<ReplayForm>
  readonly canUndo: ReadonlySignal<boolean>
  readonly canRedo: ReadonlySignal<boolean>
  /** The form is not the original any more. */
  readonly isChanged: ReadonlySignal<boolean>
  /** `what` names the field that is typed in: one step for all that is typed without a pause. Without it, a step of its own. */
  edit(change: (form: ReplayForm) => ReplayForm, what?: string): void
  undo(): void
  redo(): void
  /** The original again; that, too, can be undone. */
  reset(): void
}

export function createReplayEditor(original: ReplayForm, now: () => number = () => performance.now()): ReplayEditor {
  const history = signal(startHistory(original))
  const set = (next: ReplayForm, what: string) => {
    history.value = record(history.peek(), next, what, now())
  }
  return {
    form: computed(() => history.value.present),
    canUndo: computed(() => history.value.past.length > 0),
    canRedo: computed(() => history.value.future.length > 0),
    isChanged: computed(() => history.value.present !== original),
    edit: (change, what = '') => set(change(history.peek().present), what),
    undo() {
      history.value = undo(history.peek())
    },
    redo() {
      history.value = redo(history.peek())
    },
    reset: () => set(original, ''),
  }
}
