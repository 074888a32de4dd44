/** Variables by the site whose pages use them, as the user lets them be kept. */
import { isVariableName, type Variables } from './variables.ts'

export type SiteVariables = Readonly<Record<string, Variables>>

const MOST_SITES = 200
const MOST_VARIABLES = 200

/** Makes them of whatever was stored. */
export function toSiteVariables(stored: unknown): SiteVariables {
  const sites = entriesOf(stored).slice(0, MOST_SITES)
  return Object.fromEntries(sites.map(([site, variables]) => [site, toVariables(variables)]))
}

function toVariables(stored: unknown): Variables {
  const entries = entriesOf(stored).filter(([name, value]) => isVariableName(name) && typeof value === 'string')
  return Object.fromEntries(entries.slice(0, MOST_VARIABLES)) as Variables
}

function entriesOf(stored: unknown): readonly (readonly [string, unknown])[] {
  return typeof stored === 'object' && stored !== null && !Array.isArray(stored) ? Object.entries(stored) : []
}
