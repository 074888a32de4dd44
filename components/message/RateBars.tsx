import type { Rate } from '../../lib/turns/figures.ts'
import { t } from '../../lib/i18n/translate.ts'
import { formatCount, formatDuration } from '../parts/format.ts'

const HEIGHT_PX = 24
const BAR_PX = 4

/** How much text came, over time. */
export function RateBars({ rate: { barMs, characters } }: { readonly rate: Rate }) {
  if (characters.length < 2) return null
  const most = Math.max(...characters)
  const name = t('Characters in each {duration}, at most {most}', {
    duration: formatDuration(barMs),
    most: formatCount(most),
  })
  return (
    <svg
      class="rate-bars"
      role="img"
      aria-label={name}
      width={characters.length * BAR_PX}
      height={HEIGHT_PX}
      viewBox={`0 0 ${characters.length * BAR_PX} ${HEIGHT_PX}`}
    >
      <title>{name}</title>
      {characters.map((count, index) => {
        const height = count === 0 ? 0 : Math.max(1, (count / most) * HEIGHT_PX)
        return <rect key={index} x={index * BAR_PX} y={HEIGHT_PX - height} width={BAR_PX - 1} height={height} />
      })}
    </svg>
  )
}
