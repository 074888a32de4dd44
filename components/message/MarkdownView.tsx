import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { GrownText } from '../../lib/formats/turn.ts'
import { useSlices } from '../parts/use-slices.ts'
import { createMarkdownBlocks, type MarkdownBlock } from './markdown-blocks.ts'
import { toElements } from './markdown-elements.tsx'
import { lengthBefore, type TurnLook } from './text-pieces.ts'

/** Characters that become elements within one frame, or a block more: all at once would hold up the browser. */
const PER_FRAME = 8_192

/** A text that grows, rendered as Markdown: only its open end is drawn again. */
export function MarkdownView({ grown, look }: { readonly grown: GrownText; readonly look: TurnLook }) {
  const blocks = useMemo(() => createMarkdownBlocks(grown), [grown])
  useSlices(blocks, (budgetMs) => blocks.update(budgetMs / 2))
  const { closed, count, open } = blocks.before(lengthBefore(grown, look.until))
  const shown = [...closed.slice(0, count), ...(open === null ? [] : [open])]
  const most = useMost(shown.at(-1)?.from ?? 0)
  // Back in time, blocks are only hidden: to make them anew takes long.
  const later = closed.slice(shown.length)
  return (
    <div class="markdown">
      {[...shown, ...later].map(
        (block, index) =>
          block.from < most && <BlockView key={block.from} block={block} isLater={index >= shown.length} />,
      )}
    </div>
  )
}

/** Blocks that begin before it may be drawn by now; it grows until the one that begins at `from` may. */
function useMost(from: number): number {
  const most = useSignal(PER_FRAME)
  const isShort = most.value <= from
  useEffect(() => {
    if (!isShort) return
    const request = requestAnimationFrame(() => (most.value += PER_FRAME))
    return () => cancelAnimationFrame(request)
  }, [most.value, isShort])
  return most.value
}

interface BlockViewProps {
  readonly block: MarkdownBlock
  /** It was not there yet at the moment that is shown. */
  readonly isLater: boolean
}

function BlockView({ block, isLater }: BlockViewProps) {
  // The same element again is not looked into.
  const elements = useMemo(() => <Elements block={block} />, [block])
  return (
    <div class="text-block" hidden={isLater}>
      {elements}
    </div>
  )
}

/** Drawn again when the language changes. */
function Elements({ block }: { readonly block: MarkdownBlock }) {
  return <>{toElements(block)}</>
}
