/** Markdown as elements of our own: nothing of the text becomes HTML, is followed or loaded. */
import { lexer, type MarkedToken, type Token, type Tokens } from 'marked'
import type { ComponentChildren } from 'preact'
import { t } from '../../lib/i18n/translate.ts'

export function toElements(markdown: string): ComponentChildren {
  return renderAll(lexer(markdown))
}

function renderAll(tokens: readonly Token[]): ComponentChildren[] {
  return tokens.map((token, index) => <Rendered key={index} token={token as MarkedToken} />)
}

function Rendered({ token }: { readonly token: MarkedToken }) {
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
      return <>{token.tokens === undefined ? token.text : renderAll(token.tokens)}</>
    case 'strong':
      return <strong>{renderAll(token.tokens)}</strong>
    case 'em':
      return <em>{renderAll(token.tokens)}</em>
    case 'del':
      return <del>{renderAll(token.tokens)}</del>
    case 'blockquote':
      return <blockquote>{renderAll(token.tokens)}</blockquote>
    case 'code':
      return <pre class="markdown-code">{token.text}</pre>
    case 'codespan':
      return <code>{token.text}</code>
    case 'br':
      return <br />
    case 'hr':
      return <hr />
    case 'list':
      return token.ordered ? (
        <ol start={token.start === '' ? 1 : token.start}>{renderItems(token.items)}</ol>
      ) : (
        <ul>{renderItems(token.items)}</ul>
      )
    case 'list_item':
      return <li>{renderAll(token.tokens)}</li>
    case 'checkbox':
      return <input type="checkbox" checked={token.checked} disabled />
    case 'table':
      return <Table table={token} />
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
      return <>{token.text}</>
    default:
      return token satisfies never
  }
}

function renderItems(items: readonly Tokens.ListItem[]): ComponentChildren[] {
  return items.map((item, index) => <Rendered key={index} token={item} />)
}

function Table({ table }: { readonly table: Tokens.Table }) {
  return (
    <table>
      <thead>
        <tr>
          {table.header.map((cell, index) => (
            <th key={index} scope="col">
              {renderAll(cell.tokens)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, column) => (
              <td key={column}>{renderAll(cell.tokens)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
