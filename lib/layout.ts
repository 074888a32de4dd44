/** How the user has set up the panel as a whole. */

/** What the rows of the list of connections are grouped by. */
export type Grouping = 'none' | 'frame' | 'url'

export interface Layout {
  /** The timeline over the list: `auto` leaves it out of low panels. */
  readonly overview: 'auto' | 'shown' | 'hidden'
  readonly grouping: Grouping
}

/** Makes it of whatever was stored; what is missing or wrong is as for a new user. */
export function toLayout(stored: unknown): Layout {
  const { overview, grouping } = (stored ?? {}) as { overview?: unknown; grouping?: unknown }
  return {
    overview: overview === 'shown' || overview === 'hidden' ? overview : 'auto',
    grouping: grouping === 'frame' || grouping === 'url' ? grouping : 'none',
  }
}
