import { type Signal, useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { t } from '../../lib/i18n/translate.ts'
import type { Connection } from '../../lib/session/types.ts'
import { formatSince } from '../parts/format.ts'
import { IconButton } from '../parts/IconButton.tsx'

const SPEEDS = [0.25, 0.5, 1, 2, 5, 10] as const
/** Ticks drawn at most: those nearer than that to each other are one. */
const TICKS = 240

interface ScrubberProps {
  readonly connection: Connection
  /** The moment that is shown, on the document's clock; null for now. */
  readonly atMs: Signal<number | null>
  readonly fromMs: number
  readonly toMs: number
}

/** Shows the turn as it was at any moment, and plays it. */
export function Scrubber({ connection, atMs, fromMs, toMs }: ScrubberProps) {
  void connection.version.value
  const speed = useSignal(1)
  const playing = useSignal(false)
  const shownMs = atMs.value ?? toMs
  const ticks = useMemo(
    () => (connection.alive ? [] : toTicks(connection, fromMs, toMs)),
    [connection, connection.alive, toMs],
  )

  useEffect(() => {
    if (!playing.value) return
    let last = performance.now()
    let request = requestAnimationFrame(function play(now) {
      const next = (atMs.peek() ?? fromMs) + (now - last) * speed.peek()
      last = now
      if (next >= toMs) {
        atMs.value = null
        playing.value = false
        return
      }
      atMs.value = next
      request = requestAnimationFrame(play)
    })
    return () => cancelAnimationFrame(request)
  }, [playing.value, toMs])

  const toggle = () => {
    if (!playing.value && atMs.value === null) atMs.value = fromMs
    playing.value = !playing.value
  }
  const move = (value: number) => {
    playing.value = false
    atMs.value = value >= toMs ? null : value
  }
  const said = t('{time} after the call', { time: formatSince(shownMs - connection.open.atMs) })
  return (
    <div class="scrubber" role="group" aria-label={t('Play the message again')}>
      <IconButton
        icon={playing.value ? 'pause' : 'play'}
        label={playing.value ? t('Pause') : t('Play')}
        title={playing.value ? t('Pause') : t('Play the message as it came')}
        onClick={toggle}
      />
      <select
        aria-label={t('Speed')}
        value={String(speed.value)}
        onChange={(event) => (speed.value = Number(event.currentTarget.value))}
      >
        {SPEEDS.map((one) => (
          <option key={one} value={String(one)}>
            {one}×
          </option>
        ))}
      </select>
      <span class="scrubber-track">
        <span class="scrubber-ticks" aria-hidden="true">
          {ticks.map((share) => (
            <span key={share} style={{ left: `${share * 100}%` }} />
          ))}
        </span>
        <input
          type="range"
          aria-label={t('Moment')}
          aria-valuetext={atMs.value === null ? t('all of it') : said}
          min={fromMs}
          max={toMs}
          step="any"
          value={shownMs}
          onInput={(event) => move(Number(event.currentTarget.value))}
        />
      </span>
      <output class="quiet">{atMs.value === null ? (connection.alive ? t('now') : t('all of it')) : said}</output>
      {atMs.value !== null && (
        <button type="button" class="text-button" onClick={() => move(toMs)}>
          {connection.alive ? t('Now') : t('All of it')}
        </button>
      )}
    </div>
  )
}

/** Where events are, as shares of the track; each place once. */
function toTicks({ entries }: Connection, fromMs: number, toMs: number): readonly number[] {
  const places = new Set<number>()
  const widthMs = toMs - fromMs
  if (widthMs <= 0) return []
  for (let index = 0; index < entries.length && places.size < TICKS; index += 1) {
    const atMs = entries.atMsOf(index)
    if (atMs >= fromMs && atMs <= toMs) places.add(Math.round(((atMs - fromMs) / widthMs) * TICKS) / TICKS)
  }
  return [...places]
}
