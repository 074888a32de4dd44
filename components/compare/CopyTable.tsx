import { toMarkdownTable, toTsv } from '../../lib/compare/table-text.ts'
import { t } from '../../lib/i18n/translate.ts'
import { CopyButton } from '../parts/CopyButton.tsx'

/** Copies a table in both of the forms that it is pasted in. */
export function CopyTable({ rows }: { readonly rows: () => readonly (readonly string[])[] }) {
  return (
    <>
      <CopyButton label={t('Copy as TSV')} title={t('Copy the table for a spreadsheet')} text={() => toTsv(rows())} />
      <CopyButton
        label={t('Copy as Markdown')}
        title={t('Copy the table for an issue')}
        text={() => toMarkdownTable(rows())}
      />
    </>
  )
}
