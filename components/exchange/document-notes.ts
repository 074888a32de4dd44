import { t } from '../../lib/i18n/translate.ts'
import type { DocumentNoteRecord } from '../../lib/protocol.ts'

/** What a note about a whole document means, in a sentence for people. */
export function documentNoteSentence({ note, detail }: DocumentNoteRecord): string {
  switch (note) {
    case 'replaced':
      return t(
        'Page code (a library, or a mock) put its own {detail} in front of the one that is watched: calls that it answers by itself are not listed, and what it changes on the way to the page is not seen.',
        { detail },
      )
    case 'wrapped-before':
      return t(
        '{detail} was not the browser’s own any more when Streamscope came: another extension changes it, and what it changes is shown as changed.',
        { detail },
      )
    case 'unpatched':
      return t('{detail} was frozen before Streamscope came: its calls are not seen.', { detail })
    case 'service-worker':
      return t(
        'A service worker controls the page ({detail}): it may answer in place of the server, from a cache or with something made up.',
        { detail },
      )
    case 'made-up':
      return t(
        'Page code made a streaming Response itself ({detail}): no server sent it as it is, so it is not listed.',
        { detail },
      )
    default:
      return note satisfies never
  }
}
