/** Carries plans out: one run after another or some at once, as the page or as the extension, and stops them. */
import { batch, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals'
import type { HubToPanel, PanelToHub, ReplayMark, ReplayStop } from '../protocol.ts'
import type { Connection } from '../session/types.ts'
import { toAdoptedPlan } from './adopted-plan.ts'
import { checkPlan, isError, type Surroundings } from './check.ts'
import { GONE, NO_DOCUMENT, NOT_CAPTURING, REFUSED, toFailure } from './failures.ts'
import type { Problem, Replayer, ReplayPlan, ReplayRun, RunState } from './replay.ts'
import { toPageReplay } from './wire.ts'

export interface ReplayerOptions {
  readonly toHub: (message: PanelToHub) => void
  /** Sends a plan from the panel; its records come to the session as any others. */
  readonly extension: ExtensionSender
  readonly rights: SiteRights
  /** What the session knows by now. */
  readonly connectionOf: (key: string) => Connection | null
  readonly pageUrl: () => string
  readonly page: ReadonlySignal<Surroundings['page']>
  readonly later: (callback: () => void, ms: number) => () => void
  /** Nobody can guess it. */
  readonly newId: () => string
}

export interface ExtensionSender {
  /** Resolves once it is on its way; rejects where it cannot be sent. Gives what stops it. Nothing is sent once `isOver`. */
  send(
    plan: ReplayPlan,
    mark: ReplayMark,
    original: Connection | null,
    /** Of the document whose own site `same-origin` means. */
    pageUrl: string,
    isOver: () => boolean,
  ): Promise<(by: ReplayStop) => void>
}

/** Whether the user lets the extension send to all sites. */
export interface SiteRights {
  readonly isGranted: ReadonlySignal<boolean>
  /** Asks the user. In a click only. */
  request(): Promise<boolean>
}

export interface ReplayerEnd extends Replayer {
  /** What the hub tells the panel. */
  hear(message: HubToPanel): void
  /** The session has a new connection that a replay made. */
  opened(connection: Connection): void
}

interface Run extends ReplayRun {
  readonly state: Signal<RunState>
  readonly connection: Signal<Connection | null>
  readonly error: Signal<Problem | null>
  /** The document that sends it, once known. */
  doc: string
  /** Stops what was sent; null while nothing is. */
  cut: ((by: ReplayStop) => void) | null
  /** Sends the next of its plan. */
  over: () => void
  dispose: () => void
}

/** Runs that are over are forgotten beyond this, oldest first; their connections stay in the list. */
const MOST_RUNS = 2_000

export function createReplayer(options: ReplayerOptions): ReplayerEnd {
  const { toHub, extension, rights, connectionOf, later, newId } = options
  const runs = signal<readonly Run[]>([])
  const byId = new Map<string, Run>()

  function surroundingsOf({ originalKey }: ReplayPlan): Surroundings {
    const frame = originalKey === null ? undefined : connectionOf(originalKey)?.frame
    const pageUrl = frame === undefined || frame.top ? options.pageUrl() : frame.url
    return {
      pageUrl,
      originalPageUrl: frame?.url ?? '',
      page: options.page.value,
      isGranted: rights.isGranted.value,
    }
  }

  function createRun(plan: ReplayPlan, number: number, id = newId()): Run {
    const run: Run = {
      id,
      plan,
      number,
      state: signal<RunState>('queued'),
      connection: signal<Connection | null>(null),
      error: signal<Problem | null>(null),
      doc: '',
      cut: null,
      over() {},
      dispose() {},
    }
    byId.set(id, run)
    return run
  }

  function addRuns(added: readonly Run[]): void {
    const all = [...runs.peek(), ...added]
    const surplus = all.length - MOST_RUNS
    const isForgotten = (run: Run, index: number) => index < surplus && isOver(run)
    for (const run of all.filter(isForgotten)) byId.delete(run.id)
    runs.value = surplus > 0 ? all.filter((run, index) => !isForgotten(run, index)) : all
  }

  function finish(run: Run, state: 'ended' | 'failed' | 'stopped', error: Problem | null = null): void {
    if (isOver(run)) return
    const wasQueued = run.state.peek() === 'queued'
    batch(() => {
      run.state.value = state
      run.error.value = error
    })
    run.dispose()
    if (!wasQueued) run.over()
  }

  function start(run: Run): void {
    run.state.value = 'starting'
    const { plan } = run
    const mark: ReplayMark = { run: run.id, of: plan.originalKey ?? '' }
    const original = plan.originalKey === null ? null : connectionOf(plan.originalKey)
    const sent = plan.way === 'page' ? sendAsPage(run, mark, original) : sendAsExtension(run, mark, original)
    sent.catch((error: unknown) => finish(run, 'failed', toFailure(error)))
    const { ms } = plan.stopAfter
    if (ms !== null) run.dispose = later(() => stop(run, 'stop after time'), ms)
  }

  async function sendAsPage(run: Run, mark: ReplayMark, original: Connection | null): Promise<void> {
    const replay = await toPageReplay(run.plan, mark, original)
    if (isOver(run)) return
    run.cut = (by) => {
      if (run.doc !== '') toHub({ k: 'stop-replay', doc: run.doc, run: run.id, by })
    }
    toHub({ k: 'replay', doc: original?.frame.doc ?? '', frameId: original?.frame.frameId ?? 0, replay })
  }

  async function sendAsExtension(run: Run, mark: ReplayMark, original: Connection | null): Promise<void> {
    const { pageUrl } = surroundingsOf(run.plan)
    const cut = await extension.send(run.plan, mark, original, pageUrl, () => isOver(run))
    if (isOver(run)) cut('replay stopped')
    else run.cut = cut
  }

  /** A connection's own ending says that it was stopped; until there is one, the run's state does. */
  function stop(run: Run, by: ReplayStop): void {
    if (isOver(run)) return
    run.cut?.(by)
    if (run.connection.peek() === null) finish(run, 'stopped')
  }

  function watch(run: Run, connection: Connection): void {
    const { events } = run.plan.stopAfter
    const stopTimer = run.dispose
    let isStopping = false
    const stopWatching = effect(() => {
      void connection.version.value
      if (!connection.alive) finish(run, 'ended')
      else if (events !== null && connection.eventCount >= events && !isStopping) {
        isStopping = true
        stop(run, 'stop after events')
      }
    })
    run.dispose = () => {
      stopTimer()
      stopWatching()
    }
    if (isOver(run)) run.dispose()
  }

  /** What a panel sent that was here before: it can still be stopped. */
  function adopt({ run: id, of }: ReplayMark, connection: Connection): Run | null {
    if (!connection.alive) return null
    const run = createRun(toAdoptedPlan(connection, of), 1, id)
    run.doc = connection.frame.doc
    run.cut = (by) => toHub({ k: 'stop-replay', doc: run.doc, run: id, by })
    addRuns([run])
    return run
  }

  /** Asks the user; the rights may come from elsewhere as well, while the browser's question stands. */
  function whenGranted(begin: () => void, refuse: () => void): void {
    let isDecided = false
    const decide = (isGranted: boolean): void => {
      if (isDecided) return
      isDecided = true
      if (isGranted) begin()
      else refuse()
    }
    const stopWaiting = rights.isGranted.subscribe((isGranted) => {
      if (isGranted) decide(true)
    })
    void rights
      .request()
      .catch(() => false)
      .then(decide)
      .finally(stopWaiting)
  }

  return {
    runs,
    check: (plan) => checkPlan(plan, surroundingsOf(plan)),
    send(plan) {
      const problem = checkPlan(plan, surroundingsOf(plan)).find(isError)
      if (problem !== undefined) {
        const run = createRun(plan, 1)
        addRuns([run])
        finish(run, 'failed', problem)
        return [run]
      }
      const { times, atOnce } = plan.repeat
      const planned = Array.from({ length: times }, (_, index) => createRun(plan, index + 1))
      addRuns(planned)
      let next = 0
      const startNext = (): void => {
        for (let run = planned[next++]; run !== undefined; run = planned[next++]) if (!isOver(run)) return start(run)
      }
      for (const run of planned) run.over = startNext
      const startFirst = (): void => {
        for (let i = 0; i < atOnce; i += 1) startNext()
      }
      if (plan.way === 'page' || rights.isGranted.peek()) {
        startFirst()
        return planned
      }
      whenGranted(startFirst, () => planned.forEach((run) => finish(run, 'failed', REFUSED)))
      return planned
    },
    stop(run) {
      const own = byId.get(run.id)
      if (own !== undefined) stop(own, 'replay stopped')
    },
    stopAll() {
      const all = runs.peek()
      // Those that wait first: each end of one that was sent starts the next.
      for (const run of all) if (run.state.peek() === 'queued') stop(run, 'replay stopped')
      for (const run of all) stop(run, 'replay stopped')
    },
    runOf: ({ open }) => (open.replay === undefined ? null : (byId.get(open.replay.run) ?? null)),
    hear(message) {
      if (message.k === 'replaying') {
        const run = byId.get(message.run)
        if (run === undefined) return
        run.doc = message.doc
        // Stopped on the way.
        if (isOver(run)) run.cut?.('replay stopped')
      } else if (message.k === 'not-replayed') {
        const run = byId.get(message.run)
        if (run !== undefined) finish(run, 'failed', message.why === 'no-document' ? NO_DOCUMENT : NOT_CAPTURING)
      } else if (message.k === 'gone') {
        for (const run of runs.peek())
          if (run.doc === message.doc && run.connection.peek() === null) finish(run, 'failed', GONE)
      }
    },
    opened(connection) {
      const mark = connection.open.replay
      if (mark === undefined) return
      const run = byId.get(mark.run) ?? adopt(mark, connection)
      if (run === null) return
      batch(() => {
        run.connection.value = connection
        if (!isOver(run)) run.state.value = 'running'
      })
      if (!isOver(run)) watch(run, connection)
    },
  }
}

function isOver({ state }: ReplayRun): boolean {
  const now = state.peek()
  return now === 'ended' || now === 'failed' || now === 'stopped'
}
