import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { RULES } from '../../../lib/findings/rules.ts'

const names = RULES.map(({ name }) => name)
const DOCS = readFileSync('docs/findings.md', 'utf8')

test('every rule has a file of its name, and every such file is in the list', () => {
  const files = readdirSync('lib/findings/rules').map((file) => file.replace('.ts', ''))
  expect(names.toSorted()).toEqual(files.toSorted())
  expect(new Set(names).size).toBe(names.length)
})

test.for(names)('%s has a test, with near misses', (name) => {
  const path = `tests/unit/findings/rules/${name}.test.ts`
  expect(existsSync(path)).toBe(true)
  const text = readFileSync(path, 'utf8')
  expect(text).toMatch(/say nothing|says nothing/)
  expect(text).toContain(`'${name}'`)
})

test('the docs have one line for each rule, in the order of the list', () => {
  const rows = [...DOCS.matchAll(/^\| `([\w-]+)`/gm)].map(([, name]) => name)
  expect(rows).toEqual(names)
})

test("every rule's findings bear its name", () => {
  for (const name of names) {
    const text = readFileSync(`lib/findings/rules/${name}.ts`, 'utf8')
    const variable = name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
    expect(text).toContain(`export const ${variable}: Rule`)
    // Rules about chat answers are built by what puts the name in.
    expect(text).toMatch(new RegExp(`rule: ${variable}\\.name|Rule\\(\\s*'${name}'`))
  }
})
