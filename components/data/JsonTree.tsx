import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { CopyButton } from '../parts/CopyButton.tsx'
import {
  FIRST_TREE_STATE,
  type Found,
  type JsonRow,
  type JsonValue,
  openDeeper,
  openTo,
  stepsTo,
  toCopyText,
  toggle,
  toPreview,
  toRows,
  TREE_ROW_LIMIT,
} from './json-tree.ts'
import { formatCount } from '../parts/format.ts'
import { IconButton } from '../parts/IconButton.tsx'
import { Marked } from '../parts/Marked.tsx'
import { TreeSearch, useTreeSearch } from './TreeSearch.tsx'
import { type RowProps, VirtualList } from '../parts/VirtualList.tsx'
import { t } from '../../lib/i18n/translate.ts'

const ROW_PX = 18
const INDENT_PX = 14
/** Strings longer than this are also shown whole, wrapped, when chosen. */
const LINE_LENGTH = 60

interface JsonTreeProps {
  readonly value: JsonValue
  readonly label: string
  /** Takes the chosen value, by the keys and indexes that lead to it, for a rule. Left out where none can be made. */
  readonly onPoint?: ((steps: readonly (string | number)[]) => void) | undefined
}

/** A JSON value that opens and closes. Left and right arrows close and open, Enter toggles. */
export function JsonTree({ value, label, onPoint }: JsonTreeProps) {
  const tree = useSignal(FIRST_TREE_STATE)
  const chosenPath = useSignal('$')
  const searchText = useSignal('')
  const reveal = useSignal(-1)
  const follow = useSignal(false)
  const state = tree.value
  const { search, found: places } = useTreeSearch(value, searchText)
  const rows = useMemo(() => toRows(value, state), [value, state])
  const found = rows.findIndex((row) => row.path === chosenPath.value)
  const chosen = rows[Math.max(0, found)]

  const choose = (index: number) => {
    const row = rows[index]
    if (row !== undefined) chosenPath.value = row.path
  }
  const flip = (row: JsonRow | undefined) => {
    if (row !== undefined && row.size > 0) tree.value = toggle(tree.value, row.path)
  }
  const onKey = (event: KeyboardEvent) => {
    if (chosen === undefined) return
    if (event.key === 'ArrowRight') {
      if (!chosen.open) flip(chosen)
      else choose(found + 1)
    } else if (event.key === 'ArrowLeft') {
      if (chosen.open) flip(chosen)
      else choose(rows.slice(0, found).findLastIndex((row) => row.depth < chosen.depth))
    } else if (event.key === ' ') flip(chosen)
    else return
    event.preventDefault()
  }
  const goTo = (place: Found) => {
    tree.value = openTo(tree.value, place)
    chosenPath.value = place.path
    reveal.value = toRows(value, tree.value).findIndex((row) => row.path === place.path)
  }
  const renderRow = (index: number, props: RowProps) => {
    const row = rows[index]
    if (row === undefined) return null
    const click = () => {
      props.onClick()
      // A drag over the text selects it and must not close the row.
      if (getSelection()?.isCollapsed !== false) flip(row)
    }
    return <TreeRow key={row.path} row={row} search={search} props={{ ...props, onClick: click }} />
  }
  return (
    <div class="json">
      <VirtualList
        label={label}
        class="json-rows"
        role="tree"
        count={rows.length}
        rowHeightPx={ROW_PX}
        renderRow={renderRow}
        follow={follow}
        reveal={reveal}
        selected={found}
        onSelect={choose}
        onOpen={(index) => flip(rows[index])}
        onKey={onKey}
      />
      {typeof chosen?.value === 'string' && (chosen.value.length > LINE_LENGTH || chosen.value.includes('\n')) && (
        <pre
          class="block json-whole"
          tabIndex={0}
          role="group"
          aria-label={t('Whole text of {path}', { path: chosen.path })}
        >
          {chosen.value.slice(0, 20_000)}
        </pre>
      )}
      <div class="view-bar json-bar">
        <TreeSearch text={searchText} found={places} onGo={goTo} />
        <span class="json-path mono" title={chosen?.path ?? ''}>
          {chosen?.path}
        </span>
        {rows.length >= TREE_ROW_LIMIT && (
          <span class="warn">{t('Only {n} rows are shown', { n: formatCount(TREE_ROW_LIMIT) })}</span>
        )}
        {onPoint !== undefined && chosen !== undefined && chosen.depth > 0 && chosen.size === 0 && (
          <button
            type="button"
            class="text-button"
            title={t('Use this value as the text, the reasoning or the finish reason of a chat answer')}
            onClick={() => onPoint(stepsTo(rows, rows.indexOf(chosen)))}
          >
            {t('Use in a rule …')}
          </button>
        )}
        <CopyButton label={t('Copy value')} text={() => toCopyText(chosen?.value ?? null)} />
        <CopyButton label={t('Copy path')} text={() => chosen?.path ?? ''} />
        <IconButton
          icon="plus"
          label={t('Expand one level more')}
          onClick={() => (tree.value = openDeeper(tree.value))}
        />
        <IconButton
          icon="expand"
          label={t('Expand all')}
          onClick={() => (tree.value = { open: 'all', toggled: new Set() })}
        />
        <IconButton
          icon="collapse"
          label={t('Collapse all')}
          onClick={() => (tree.value = { open: 'none', toggled: new Set() })}
        />
      </div>
    </div>
  )
}

interface TreeRowProps {
  readonly row: JsonRow
  readonly search: RegExp | null
  readonly props: RowProps
}

function TreeRow({ row, search, props }: TreeRowProps) {
  return (
    <div
      {...props}
      class="row tree-row"
      aria-level={row.depth + 1}
      {...(row.size > 0 && { 'aria-expanded': row.open })}
      style={{ ...props.style, paddingLeft: `${6 + row.depth * INDENT_PX}px` }}
    >
      <span class="twist" aria-hidden="true">
        {row.size === 0 ? '' : row.open ? '▾' : '▸'}
      </span>
      {row.name !== '' && (
        <span class="json-name">
          <Marked text={row.name} search={search} />:{' '}
        </span>
      )}
      <span class={`json-value json-${row.type}`}>
        <Marked text={toPreview(row)} search={row.size > 0 ? null : search} />
      </span>
    </div>
  )
}
