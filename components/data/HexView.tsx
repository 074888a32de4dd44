import { useMemo } from 'preact/hooks'
import { formatSize } from '../parts/format.ts'
import { bytesToHexLines } from './hex.ts'
import { t } from '../../lib/i18n/translate.ts'

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
  return (
    <>
      <p class="hex-what">
        {sizeBytes > SHOWN_BYTES
          ? t('{what}, the first {shown} of {all}', {
              what,
              shown: formatSize(SHOWN_BYTES),
              all: formatSize(sizeBytes),
            })
          : what}
      </p>
      <pre class="block" tabIndex={0} role="group" aria-label={label}>
        {lines.join('\n')}
      </pre>
    </>
  )
}
