import type { ComponentChildren } from 'preact'
import { t } from '../../lib/i18n/translate.ts'

/** Names and what they stand for. */
export type Field = readonly [name: string, value: ComponentChildren]

interface SectionProps {
  readonly title: string
  readonly children: ComponentChildren
}

/** A part of a view that folds. */
export function Section({ title, children }: SectionProps) {
  return (
    <details class="section" open>
      <summary>{title}</summary>
      {children}
    </details>
  )
}

/** A two-column table; says `none` when it is empty. */
export function Fields({ fields, none }: { readonly fields: readonly Field[]; readonly none?: string }) {
  if (fields.length === 0) return <p class="none">{none ?? t('None.')}</p>
  return (
    <table class="fields">
      <tbody>
        {fields.map(([name, value], index) => (
          <tr key={index}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
