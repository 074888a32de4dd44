/**
 * Runs in the content scripts' own world. Where capture is switched off, a script that says so runs beside the bridge before
 * the page's first script, in whichever order the two load; the bridge then tells capture by the way only they know, so that
 * no page can do the same.
 */

/** A symbol, as an element's id can shadow every name. */
const SWITCH = Symbol.for('streamscope:switch')
const world = globalThis as { [SWITCH]?: 'off' | (() => void) }

/** Calls `act` once the document turns out to be switched off. */
export function whenSwitchedOff(act: () => void): void {
  if (world[SWITCH] === 'off') act()
  else world[SWITCH] = act
}

export function switchOff(): void {
  const act = world[SWITCH]
  world[SWITCH] = 'off'
  if (typeof act === 'function') act()
}
