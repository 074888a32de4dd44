import { t } from '../../lib/i18n/translate.ts'
import { formatCount, toFrameName } from '../parts/format.ts'
import { Icon } from '../parts/Icon.tsx'
import type { RowProps } from '../parts/VirtualList.tsx'
import { CONNECTION_COLUMNS } from './ConnectionRow.tsx'
import type { GroupRow } from './groups.ts'

interface GroupHeadProps {
  readonly group: GroupRow
  readonly pageUrl: string
  readonly row: RowProps
}

/** The head of a group: a click, Enter, ← and → close and open it. */
export function GroupHead({ group, pageUrl, row }: GroupHeadProps) {
  const { url, top, connections, closed } = group
  const live = connections.filter(({ alive }) => alive).length
  return (
    <div {...row} class="row group-row" aria-expanded={!closed} data-group={group.key}>
      <span role="gridcell" aria-colspan={CONNECTION_COLUMNS.length} title={url}>
        <Icon name={closed ? 'right' : 'down-small'} />
        <span class="group-url">{nameOf(group, pageUrl)}</span>
        <span class="quiet">
          {top && `${t('page')} · `}
          {live === 0
            ? formatCount(connections.length)
            : t('{n}, {live} live', { n: formatCount(connections.length), live: formatCount(live) })}
        </span>
      </span>
    </div>
  )
}

/** A frame of the page's own host by its path; all else by its URL. */
function nameOf({ key, url, top }: GroupRow, pageUrl: string): string {
  if (!key.startsWith('frame') || top || url === '') return url
  return toFrameName(url, pageUrl)
}
