import { useMemo } from 'preact/hooks'
import { formatSize } from '../parts/format.ts'
import { bytesToHexLines } from './hex.ts'

/** Bytes that are shown: enough to see what is odd, few enough for one block. */
const SHOWN_BYTES = 16_384

interface HexViewProps {
  /** Asked once; give the view another key for others. */
  readonly bytes: () => Uint8Array
  /** What they are, for people. */
  readonly what: string
  readonly label: string
}

export function HexView({ bytes, what, label }: HexViewProps) {
  const { lines, sizeBytes } = useMemo(() => {
    const all = bytes()
    return { lines: bytesToHexLines(all.subarray(0, SHOWN_BYTES)), sizeBytes: all.length }
  }, [])
  const rest = sizeBytes > SHOWN_BYTES ? `, the first ${formatSize(SHOWN_BYTES)} of ${formatSize(sizeBytes)}` : ''
  return (
    <>
      <p class="hex-what">
        {what}
        {rest}
      </p>
      <pre class="block" tabIndex={0} role="group" aria-label={label}>
        {lines.join('\n')}
      </pre>
    </>
  )
}
