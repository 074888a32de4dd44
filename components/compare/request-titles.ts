import type { RequestPart } from '../../lib/compare/request-parts.ts'
import { t } from '../../lib/i18n/translate.ts'

export function titleOf({ name }: RequestPart): string {
  switch (name) {
    case 'general':
      return t('General')
    case 'query':
      return t('Query')
    case 'headers':
      return t('Headers, as the page gave them')
    case 'wire headers':
      return t('Headers, with those that the browser added')
    case 'form':
      return t('Form')
    case 'body':
      return t('Body')
    case 'options':
      return t('Options')
    default:
      return name satisfies never
  }
}
