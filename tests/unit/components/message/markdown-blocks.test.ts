import { lexer, type Token, type Tokens } from 'marked'
import { expect, test } from 'vitest'
import { createGrownText } from '../../../../lib/formats/folding/grown-text.ts'
import { createMarkdownBlocks } from '../../../../components/message/markdown-blocks.ts'
import { createRandom, randomlyCut } from '../../../helpers/stream-builders.ts'

type Grown = ReturnType<typeof createGrownText>

/** Elements without the white space between them, which is cut otherwise. */
const toShape = (tokens: readonly Token[]): unknown =>
  JSON.parse(
    JSON.stringify(
      tokens.filter(({ type }) => type !== 'space'),
      (key, value: unknown) => (key === 'raw' ? undefined : value),
    ),
  )

function read(grown: Grown) {
  const blocks = createMarkdownBlocks(grown)
  while (!blocks.update(0));
  return blocksBefore(blocks, grown.length)
}

function blocksBefore(blocks: ReturnType<typeof createMarkdownBlocks>, length: number) {
  const { closed, count, open } = blocks.before(length)
  return [...closed.slice(0, count), ...(open === null ? [] : [open])]
}

function grownOf(text: string): Grown {
  const grown = createGrownText()
  grown.add(text, 0)
  return grown
}

const PARTS = [
  (n: number) =>
    `## Part ${n}\n\nSome *text* with \`code\` and a [link](https://example.test/${n}) in it, and [a name] too.\n\n`,
  (n: number) => `- item ${n}\n- second\n\n  a paragraph of it\n  - nested\n\n`,
  (n: number) => `${n}. eins\n${n + 1}. zwei 😀\n\n> said ${n}\n> and more\n\n`,
  (n: number) => `\`\`\`ts\nconst value${n} = 1\n\n# not a heading\n\`\`\`\n\n`,
  (n: number) => `| a | b |\n|---|---|\n| ${n} | *x* |\n\n`,
  (n: number) => `Title ${n}\n===\n\n<div>\nhtml\n</div>\n\n    indented\n\n---\n\n`,
]
const MIXED = Array.from({ length: 300 }, (_, n) => PARTS[n % PARTS.length]?.(n) ?? '').join('')

test.for([
  ['LF', MIXED],
  ['CRLF', MIXED.replaceAll('\n', '\r\n')],
] as const)('blocks read as the whole would, however it comes: %s', ([, text]) => {
  const seed = 11
  const grown = createGrownText()
  const blocks = createMarkdownBlocks(grown)
  for (const [event, delta] of randomlyCut(text, createRandom(seed), 1_500).entries()) {
    grown.add(delta, event)
    while (!blocks.update(0));
    const now = blocksBefore(blocks, grown.length)
    expect(now.map(({ from, to }) => grown.text.slice(from, to)).join('') === grown.text, `seed ${seed}`).toBe(true)
    expect(toShape(now.flatMap(({ tokens }) => tokens))).toEqual(toShape(lexer(grown.text)))
  }
  expect(blocks.before(grown.length).closed.length).toBeGreaterThan(5)
  expect(read(grown)).toEqual(blocksBefore(blocks, grown.length))
})

test('a part of the text reads as it did when there was no more', () => {
  const blocks = createMarkdownBlocks(grownOf(MIXED))
  while (!blocks.update(0));
  const random = createRandom(3)
  for (let times = 0; times < 25; times += 1) {
    const length = Math.floor(random() * MIXED.length)
    const tokens = blocksBefore(blocks, length).flatMap((block) => block.tokens)
    expect(toShape(tokens), `${length} characters`).toEqual(toShape(lexer(MIXED.slice(0, length))))
  }
})

test('closed blocks are the same objects as before', () => {
  const grown = grownOf(MIXED.slice(0, 12_000))
  const blocks = createMarkdownBlocks(grown)
  while (!blocks.update(0));
  const before = [...blocks.before(grown.length).closed]
  expect(before.length).toBeGreaterThan(2)
  grown.add(MIXED.slice(12_000), 1)
  while (!blocks.update(0));
  const { closed } = blocks.before(grown.length)
  expect(before.every((block, index) => block === closed[index])).toBe(true)
  expect(blocks.before(100).closed).toBe(closed)
})

test('a reference far above its definition finds it, and the first definition counts', () => {
  const grown = grownOf(`See [Name].\n\n${MIXED}`)
  const blocks = createMarkdownBlocks(grown)
  const links = () => JSON.stringify(blocksBefore(blocks, grown.length)[0]?.tokens[0])
  while (!blocks.update(0));
  expect(links()).not.toContain('"link"')
  for (const [event, delta] of ['\n[na', 'me]: https://example.te', 'st/here\n'].entries()) {
    grown.add(delta, event + 1)
    while (!blocks.update(0));
    blocks.before(grown.length)
  }
  expect(links()).toContain('"href":"https://example.test/here"')
  grown.add(`\n${MIXED}[name]: https://other.test/\n\n${MIXED}`, 9)
  while (!blocks.update(0));
  expect(links()).toContain('"href":"https://example.test/here"')
})

const LONG = 1_500
const endless = [
  ['code', `\`\`\`js\n${'const a = 1 // ```\n'.repeat(LONG * 2)}\`\`\`\n\nend\n`],
  ['a list', `${Array.from({ length: LONG }, (_, n) => `1. item ${n} with some words in it`).join('\n')}\n\nend\n`],
  ['a table', `| a | b |\n|---|---|\n${'| one and more | two and more |\n'.repeat(LONG)}\nend\n`],
  ['a paragraph of lines', `${'some words in a line\n'.repeat(LONG * 2)}\nend\n`],
  ['one line', `${'some words '.repeat(LONG * 4)}\n\nend\n`],
  ['a quotation', `${'> some words in a line\n'.repeat(LONG * 2)}\nend\n`],
] as const

test.for(endless)('%s without an end is cut, and nothing of it is lost or doubled', ([, text]) => {
  const grown = createGrownText()
  const blocks = createMarkdownBlocks(grown)
  for (const [event, delta] of randomlyCut(text, createRandom(5), 3_000).entries()) {
    grown.add(delta, event)
    while (!blocks.update(0));
  }
  const now = blocksBefore(blocks, grown.length)
  expect(now.length).toBeGreaterThan(2)
  expect(now.every(({ from, to }) => to - from <= 8_192)).toBe(true)
  expect(now.map(({ from, to }) => grown.text.slice(from, to)).join('') === text).toBe(true)
  expect(read(grown)).toEqual(now)
  const types = now.flatMap(({ tokens }) => tokens.map(({ type }) => type)).filter((type) => type !== 'space')
  // Each part is what the whole is.
  expect(new Set(types.slice(0, -1)).size).toBe(1)
  expect(types[0]).toBe(lexer(text)[0]?.type)
  expect(types.at(-1)).toBe('paragraph')
})

test('the items of a list that is cut go on counting', () => {
  const grown = grownOf(Array.from({ length: LONG }, (_, n) => `1. item ${n} with some words in it`).join('\n'))
  const lists = read(grown).map(({ tokens: [list], carried }) => ({ list, number: carried?.number ?? 1 }))
  let items = 0
  for (const { list, number } of lists) {
    expect(number).toBe(items + 1)
    items += list?.type === 'list' ? (list as Tokens.List).items.length : 0
  }
  expect(items).toBe(LONG)
})
