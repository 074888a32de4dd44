// @vitest-environment node
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CASES, toName } from '../../endings/cases.ts'
import { toDoc } from '../../endings/to-doc.ts'
import { ROOT_DIR } from '../../helpers/extension.ts'

test('docs/endings.md is what the table of endings makes (node scripts/endings-doc.ts)', () => {
  expect(readFileSync(join(ROOT_DIR, 'docs', 'endings.md'), 'utf8')).toBe(toDoc())
})

test('every verdict has cases, and no case is there twice', () => {
  const names = CASES.map(toName)
  expect(names.length).toBe(new Set(names).size)
  expect(toDoc()).not.toMatch(/-- \|\n\n/)
})
