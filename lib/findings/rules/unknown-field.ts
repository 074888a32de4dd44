import { joinItems } from '../../i18n/joined.ts'
import { t } from '../../i18n/translate.ts'
import { quote } from '../../endings/words.ts'
import { counted, toFigure } from '../facts.ts'
import { atEvent, toProof } from '../finding.ts'
import type { Finding, Proof, Rule } from '../finding.ts'

/** Different field names that are counted, and lines that are shown. */
const NAMES = 20
const SHOWN = 3
/** A field's name, misspelt by case or by space: `Data: x`, ` data: x`, `data : x`. */
const MISSPELT = /^\s*(?:data|event|id|retry)\s*(?::|$)/i
/** What looks like a field at all: a word, then a colon. */
const FIELD = /^([\w.-]{1,40}):/

interface Lines {
  count: number
  readonly shown: Proof[]
}

/** Lines that browsers ignore, as no field of the event stream format has their name (HTML standard, 9.2.6). */
export const unknownField: Rule = {
  name: 'unknown-field',
  watch() {
    const misspelt: Lines = { count: 0, shown: [] }
    const fields: Lines = { count: 0, shown: [] }
    const loose: Lines = { count: 0, shown: [] }
    const names = new Map<string, number>()
    return {
      entry({ kind, index }, { entries }) {
        if (kind !== 'ignored') return
        const { data } = entries.at(index)
        if (isForOthers(data)) return
        const name = FIELD.exec(data)?.[1]
        const lines = MISSPELT.test(data) ? misspelt : name === undefined ? loose : fields
        lines.count += 1
        if (lines.shown.length < SHOWN) lines.shown.push(toProof(quote(data), atEvent(index)))
        if (lines === fields && name !== undefined && (names.has(name) || names.size < NAMES))
          names.set(name, (names.get(name) ?? 0) + 1)
      },
      judge(connection) {
        return [
          ...(misspelt.count > 0 ? [toMisspelt(misspelt)] : []),
          ...(loose.count > 0 ? [toLoose(loose, connection.eventCount)] : []),
          ...(fields.count > 0 ? [toFields(fields, names)] : []),
        ]
      },
    }
  },
}

/** A bad `retry`, an `id` with NUL and a second byte order mark have rules of their own. */
function isForOthers(line: string): boolean {
  return line.startsWith('\ufeff') || /^(?:retry|id)(?::|$)/.test(line)
}

const base = (severity: Finding['severity'], title: string) => ({ rule: unknownField.name, severity, title })

function toMisspelt({ count, shown }: Lines): Finding {
  return {
    ...base('problem', t('Misspelt field')),
    sentence: counted(
      count,
      '{n} line has a field name in other case or with a space. Names are exact: browsers ignore the line, and what they say is lost.',
      '{n} lines have a field name in other case or with a space. Names are exact: browsers ignore these lines, and what they say is lost.',
    ),
    evidence: shown,
    advice: [
      t(
        'Write `data:`, `event:`, `id:` and `retry:` in lower case, at the beginning of the line, without a space before the colon.',
      ),
    ],
  }
}

function toLoose({ count, shown }: Lines, eventCount: number): Finding {
  return {
    ...base('problem', t('Lines without a field')),
    sentence: counted(
      count,
      '{n} line belongs to no field. Browsers ignore it, and what it says is lost.',
      '{n} lines belong to no field. Browsers ignore them, and what they say is lost.',
    ),
    evidence: shown,
    advice: [
      eventCount > 0
        ? t(
            'Put `data:` before every line of a value that has line ends in it; JSON without indentation needs only one.',
          )
        : t('This may be no event stream at all: look at what the server answered.'),
    ],
  }
}

function toFields({ count, shown }: Lines, names: ReadonlyMap<string, number>): Finding {
  const list = joinItems(
    [...names].map(([name, times]) => (times === 1 ? name : t('{name} ({n} times)', { name, n: toFigure(times) }))),
  )
  return {
    ...base('hint', t('Unknown field')),
    sentence: counted(
      count,
      '{n} line has a field that browsers do not know and ignore: {list}.',
      '{n} lines have fields that browsers do not know and ignore: {list}.',
      { list },
    ),
    evidence: shown,
    advice: [t('Put what clients need into `data`: an EventSource sees only data, event, id and retry.')],
  }
}
