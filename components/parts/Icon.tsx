/** Sixteen-pixel line drawings. They repeat what the words beside them say and are hidden from screen readers. */
const SHAPES = {
  record: 'M8 3.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9z',
  clear: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M4.2 4.2l7.6 7.6',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3 8.5l3.5 3.5L13 4.5',
  partial: 'M8 2.5L14 13.5H2zM8 6.5v3.5M8 11.6v.6',
  stop: 'M4.5 4.5h7v7h-7z',
  abort: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M5 8h6',
  clock: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M8 5v3.2l2.3 1.5',
  pause: 'M5.5 4v8M10.5 4v8',
  play: 'M5 3.5v9l7.5-4.5z',
  tray: 'M2.5 9h3l1 2h3l1-2h3M2.5 9v4h11V9M8 2v4.5M6 4.5l2 2 2-2',
  cross: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4',
  gone: 'M2.5 8h8M7.5 4.5L11 8l-3.5 3.5M13.5 3.5v9',
  dot: 'M8 5a3 3 0 1 0 0 6a3 3 0 1 0 0-6z',
  ring: 'M8 4.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7',
  again: 'M12.5 8a4.5 4.5 0 1 1-1.4-3.2M12.8 2.6v2.9H9.9',
  info: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M8 7.5v3.5M8 5v.2',
  down: 'M8 3v9M4.5 8.5L8 12l3.5-3.5',
  right: 'M6.5 4.5L10 8l-3.5 3.5',
  'down-small': 'M4.5 6.5L8 10l3.5-3.5',
  expand: 'M3 3h10v10H3zM8 5.5v5M5.5 8h5',
  collapse: 'M3 3h10v10H3zM5.5 8h5',
  timeline: 'M2.5 4h6M6 8h7.5M3.5 12h5',
  plus: 'M8 3.5v9M3.5 8h9',
  minus: 'M3.5 8h9',
  fit: 'M2.5 8h11M5 5.5L2.5 8L5 10.5M11 5.5L13.5 8L11 10.5',
  undo: 'M5.5 3L2.5 6l3 3M2.5 6h7.2a3.4 3.4 0 0 1 0 6.8H6',
  redo: 'M10.5 3l3 3l-3 3M13.5 6H6.3a3.4 3.4 0 0 0 0 6.8H10',
  search: 'M7 2.8a4.2 4.2 0 1 0 0 8.4a4.2 4.2 0 1 0 0-8.4M10.2 10.2l3.3 3.3',
  settings:
    'M2.5 4.5h5M11.5 4.5h2M2.5 11.5h2M8.5 11.5h5M9.5 2.8a1.7 1.7 0 1 0 0 3.4a1.7 1.7 0 1 0 0-3.4M6.5 9.8a1.7 1.7 0 1 0 0 3.4a1.7 1.7 0 1 0 0-3.4',
  table: 'M2.5 3.5h11v9h-11zM2.5 7h11M6.5 3.5v9',
} as const
export type IconName = keyof typeof SHAPES

const FILLED: ReadonlySet<IconName> = new Set<IconName>(['record', 'stop', 'dot'])

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={FILLED.has(name) ? 'icon filled' : 'icon'} viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[name]} />
    </svg>
  )
}
