import type { ButtonHTMLAttributes } from 'preact'
import { Icon, type IconName } from './Icon.tsx'

interface IconButtonProps extends Omit<ButtonHTMLAttributes, 'icon' | 'label' | 'type' | 'class' | 'children'> {
  readonly icon: IconName
  /** What it does, for who does not see the drawing; its title too, where there is no other. */
  readonly label: string
  /** Beside its own. */
  readonly class?: string | undefined
}

/** A button that shows a drawing only. */
export function IconButton({ icon, label, class: more, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      class={more === undefined ? 'icon-button' : `icon-button ${more}`}
      aria-label={label}
      title={label}
      {...rest}
    >
      <Icon name={icon} />
    </button>
  )
}
