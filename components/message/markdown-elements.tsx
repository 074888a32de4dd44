/** Markdown as elements of our own: nothing of the text becomes HTML, is followed or loaded. */
import type { MarkedToken, Token, Tokens } from 'marked'
import type { ComponentChildren } from 'preact'
import { t } from '../../lib/i18n/translate.ts'
import type { MarkdownBlock } from './markdown-blocks.ts'
import type { Carried } from './markdown-cut.ts'

/** Has the words of the language that is set: to be called where a component is drawn. */
export function toElements({ tokens, carried }: MarkdownBlock): ComponentChildren[] {
  const first = tokens.findIndex(({ type }) => type !== 'space')
  return tokens.map((token, index) => render(token as MarkedToken, index === first ? carried : null))
}

function renderAll(tokens: readonly Token[]): ComponentChildren[] {
  return tokens.map((token) => render(token as MarkedToken))
}

/** Not a component: an answer has thousands of them. `carried`: what the element goes on with. */
function render(token: MarkedToken, carried: Carried | null = null): ComponentChildren {
  switch (token.type) {
    case 'space':
    case 'def':
      return null
    case 'heading':
      // Headings of the panel itself stay above those of a text.
      return (
        <p class="markdown-heading" role="heading" aria-level={Math.min(6, token.depth + 4)} data-depth={token.depth}>
          {renderAll(token.tokens)}
        </p>
      )
    case 'paragraph':
      return <p>{renderAll(token.tokens)}</p>
    case 'text':
      return token.tokens === undefined ? token.text : renderAll(token.tokens)
    case 'strong':
      return <strong>{renderAll(token.tokens)}</strong>
    case 'em':
      return <em>{renderAll(token.tokens)}</em>
    case 'del':
      return <del>{renderAll(token.tokens)}</del>
    case 'blockquote':
      return <blockquote>{renderAll(token.tokens)}</blockquote>
    case 'code':
      return token.text === '' && carried !== null ? null : <pre class="markdown-code">{token.text}</pre>
    case 'codespan':
      return <code>{token.text}</code>
    case 'br':
      return <br />
    case 'hr':
      return <hr />
    case 'list':
      return token.ordered ? (
        <ol start={carried?.kind === 'list' ? carried.number : token.start || 1}>{renderItems(token.items)}</ol>
      ) : (
        <ul>{renderItems(token.items)}</ul>
      )
    case 'list_item':
      return <li>{renderAll(token.tokens)}</li>
    case 'checkbox':
      return <input type="checkbox" checked={token.checked} disabled />
    case 'table':
      return renderTable(token, carried === null)
    case 'link':
      return (
        <span class="markdown-link" title={token.href}>
          {renderAll(token.tokens)}
          {token.text !== token.href && <span class="quiet"> ({token.href})</span>}
        </span>
      )
    case 'image':
      return (
        <span class="quiet">
          {t('[image: {name}, {address}]', { name: token.text || t('without a name'), address: token.href })}
        </span>
      )
    case 'html':
      return <code>{token.text}</code>
    case 'escape':
      return token.text
    default:
      return token satisfies never
  }
}

function renderItems(items: readonly Tokens.ListItem[]): ComponentChildren[] {
  return items.map((item) => render(item))
}

function renderTable({ header, rows }: Tokens.Table, hasHead: boolean): ComponentChildren {
  return (
    <table>
      {hasHead && (
        <thead>
          <tr>
            {header.map(({ tokens }) => (
              <th scope="col">{renderAll(tokens)}</th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {rows.map((row) => (
          <tr>
            {row.map(({ tokens }) => (
              <td>{renderAll(tokens)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
