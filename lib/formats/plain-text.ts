/** Text without any events: all of it is the answer, each chunk a delta. */
import { saying } from '../i18n/saying.ts'
import { msg } from '../i18n/translate.ts'
import type { Folding, Format, Match, Sample } from './format.ts'
import { createGrowingTurn, grow } from './folding/growing-turn.ts'
import type { PartOf } from './folding/growing-turn.ts'
import { headerOf } from '../headers.ts'

const NAME = 'plain-text'
/** Types that are text, but for programs. */
const NOT_PROSE = /json|xml|html|css|script|csv|yaml|protobuf|grpc|multipart|^(?:image|audio|video|font)\//i

export const plainText: Format = {
  name: NAME,
  label: msg('Plain text'),
  expected: '',
  match,
  terminal: () => null,
  start,
}

function match(sample: Sample): Match | null {
  if (sample.framing !== 'text') return null
  const type = headerOf(sample.responseHeaders, 'content-type') ?? ''
  const text = sample.first.map(({ data }) => data).join('')
  if (NOT_PROSE.test(type) || text.trim() === '' || /^\s*[[{<]/.test(text)) return null
  const evidence =
    type === ''
      ? saying('the body has no content type, and no events in it')
      : saying('the body has the content type {type}, and no events in it', { type })
  return { certainty: 'likely', evidence: [evidence] }
}

function start(): Folding {
  const turn = createGrowingTurn(NAME)
  let part: PartOf<'text'> | null = null
  return {
    step(event) {
      part ??= turn.open(turn.message('message', 'assistant'), 'text', 'text', event.index)
      grow(part, event.data, event.index)
    },
    turn,
    end() {
      if (part !== null) part.closed = true
    },
    final: () => null,
  }
}
