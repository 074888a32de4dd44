/** Where capture is switched off: for some sites, or everywhere. A site is a host, whatever its port and scheme. */
import type { ReadonlySignal } from '@preact/signals'

export interface CaptureSetting {
  readonly offEverywhere: boolean
  /** Hosts as URLs spell them, or `file:` for the files of this computer. */
  readonly offSites: readonly string[]
}

/** What a user can choose for the site in view. */
export type CaptureChoice = 'on' | 'off here' | 'off everywhere'

/** What the panel's switch needs. */
export interface CaptureControl {
  readonly setting: ReadonlySignal<CaptureSetting>
  /** Resolves once the choice holds for the next load of a page; rejects when the browser refuses. */
  choose(choice: CaptureChoice, url: string): Promise<void>
  /** As `choose`, for the whole setting. */
  change(setting: CaptureSetting): Promise<void>
  reloadPage(): void
}

const FILES = 'file:'

/** A setting out of whatever was stored. */
export function toCaptureSetting(stored: unknown): CaptureSetting {
  const { offEverywhere, offSites } = (stored ?? {}) as { offEverywhere?: unknown; offSites?: unknown }
  const sites: readonly unknown[] = Array.isArray(offSites) ? offSites : []
  return { offEverywhere: offEverywhere === true, offSites: sites.filter((site) => typeof site === 'string') }
}

/** The site of a page; null where there is none that could be switched (a page of the browser, an empty tab). */
export function siteOf(url: string): string | null {
  const parsed = URL.parse(url)
  if (parsed?.protocol === FILES) return FILES
  return parsed !== null && /^https?:$/.test(parsed.protocol) && parsed.hostname !== '' ? parsed.hostname : null
}

export function choiceFor(setting: CaptureSetting, site: string | null): CaptureChoice {
  if (setting.offEverywhere) return 'off everywhere'
  return site !== null && setting.offSites.includes(site) ? 'off here' : 'on'
}

/** The setting after a choice made on `site`. Other sites stay as they were. */
export function withChoice(setting: CaptureSetting, choice: CaptureChoice, site: string | null): CaptureSetting {
  if (choice === 'off everywhere') return { ...setting, offEverywhere: true }
  const others = setting.offSites.filter((other) => other !== site)
  return { offEverywhere: false, offSites: choice === 'off here' && site !== null ? [...others, site] : others }
}

/** Match patterns of the documents without capture; they hold no ports, as Firefox knows none. */
export function toMatchPatterns({ offEverywhere, offSites }: CaptureSetting): string[] {
  if (offEverywhere) return ['<all_urls>']
  return offSites.map((site) => (site === FILES ? 'file:///*' : `*://${site}/*`))
}
