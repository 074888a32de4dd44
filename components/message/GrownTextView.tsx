import { useMemo, useRef } from 'preact/hooks'
import type { GrownText } from '../../lib/formats/turn.ts'
import { TextLines } from '../data/TextLines.tsx'
import { type Block, createTextBlocks } from './text-blocks.ts'
import { lengthBefore, toPieces, type TurnLook } from './text-pieces.ts'

/** Longer texts are shown row by row: so many elements would be slow. */
const LONG_LENGTH = 2_000_000

interface GrownTextViewProps {
  readonly grown: GrownText
  readonly look: TurnLook
  readonly label: string
  /** As `partId` made it. */
  readonly part: string
}

/** A text that grows: only its last block is drawn again. Selected text can be traced to its events by `data-part` and `data-from`. */
export function GrownTextView({ grown, look, label, part }: GrownTextViewProps) {
  const blocks = useMemo(() => createTextBlocks(grown), [grown])
  const length = lengthBefore(grown, look.until)
  if (length > LONG_LENGTH) return <LongText grown={grown} length={length} label={label} part={part} />
  return (
    <div class="grown-text" data-part={part}>
      {blocks.before(length).map(({ from, to }) => (
        <TextBlock key={from} grown={grown} from={from} to={to} look={look} />
      ))}
    </div>
  )
}

interface TextBlockProps extends Block {
  readonly grown: GrownText
  readonly look: TurnLook
}

function TextBlock({ grown, from, to, look }: TextBlockProps) {
  // The same element again is not looked into.
  return useMemo(
    () => (
      <div class="text-block" data-from={from}>
        {toPieces(grown, { from, to }, look).map((piece) => {
          const text = grown.text.slice(piece.from, piece.to)
          if (piece.heat === 0 && !piece.marked) return text
          return (
            <span key={piece.from} class={piece.marked ? 'marked-text' : undefined} data-heat={piece.heat}>
              {text}
            </span>
          )
        })}
      </div>
    ),
    [grown, from, to, look.waitMs, look.marked?.from, look.marked?.to],
  )
}

interface LongTextProps {
  readonly grown: GrownText
  readonly length: number
  readonly label: string
  readonly part: string
}

function LongText({ grown, length, label, part }: LongTextProps) {
  const kept = useRef(toSource(grown))
  // A text that became shorter, as the scrubber makes it, is another one.
  if (kept.current.grown !== grown || length < kept.current.textLength) kept.current = toSource(grown)
  const source = kept.current
  source.textLength = length
  return (
    <div class="long-text" data-part={part}>
      <TextLines source={source} label={label} startAtEnd />
    </div>
  )
}

/** `textLength` characters of a text that may have more. */
function toSource(grown: GrownText) {
  return { grown, textLength: 0, text: (from: number, to: number) => grown.text.slice(from, to) }
}
