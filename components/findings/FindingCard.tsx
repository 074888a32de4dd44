import { useId } from 'preact/hooks'
import { type Finding, type Place, type Proof } from '../../lib/findings/finding.ts'
import { toMarkdown } from '../../lib/findings/findings.ts'
import { t } from '../../lib/i18n/translate.ts'
import { CopyButton } from '../parts/CopyButton.tsx'
import { SeverityLabel } from './SeverityLabel.tsx'

interface FindingCardProps {
  readonly finding: Finding
  readonly onJump: (place: Place) => void
}

/** One finding: what, why, and what to do. */
export function FindingCard({ finding, onJump }: FindingCardProps) {
  const id = useId()
  const { severity, title, sentence, evidence, advice, rule } = finding
  return (
    <article class="finding" aria-labelledby={id} data-rule={rule} data-severity={severity}>
      <header>
        <SeverityLabel severity={severity} />
        <h3 id={id}>{title}</h3>
        <CopyButton label={t('Copy')} title={t('Copy this finding as Markdown')} text={() => toMarkdown(finding)} />
      </header>
      <p>{withCode(sentence)}</p>
      {evidence.length > 0 && (
        <>
          <h4>{t('Evidence')}</h4>
          <ul>
            {evidence.map((proof, index) => (
              <li key={index}>
                <ProofText proof={proof} onJump={onJump} />
              </li>
            ))}
          </ul>
        </>
      )}
      {advice.length > 0 && (
        <>
          <h4>{t('What to do')}</h4>
          <ul>
            {advice.map((text) => (
              <li key={text}>{withCode(text)}</li>
            ))}
          </ul>
        </>
      )}
    </article>
  )
}

function ProofText({ proof, onJump }: { readonly proof: Proof; readonly onJump: (place: Place) => void }) {
  const { text, place } = proof
  if (place === null) return <>{withCode(text)}</>
  return (
    <button type="button" class="link" title={placeTitle(place)} onClick={() => onJump(place)}>
      {withCode(text)}
    </button>
  )
}

function placeTitle(place: Place): string {
  switch (place.at) {
    case 'event':
      return t('Show it in the Events tab')
    case 'chunk':
      return t('Show it in the Raw tab')
    case 'request header':
      return t('Show it in the Request tab')
    case 'response header':
      return t('Show it in the Response tab')
    case 'connection':
      return t('Show that connection')
    default:
      return place satisfies never
  }
}

/** What stands between backticks is set as code. */
function withCode(text: string) {
  return text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))
}
