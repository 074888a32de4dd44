import { expect, test } from 'vitest'
import { toOwnRules } from '../../../lib/turns/own-rules.ts'

test('what lies in the storage is taken as far as it is rules', () => {
  const rule = { name: 'Mine', url: '', text: '$.text', reasoning: '', finish: '', done: '' }
  expect(toOwnRules([rule, { ...rule }, { name: '' }, 7, { ...rule, name: 'Bad', text: 'x' }])).toEqual([rule])
  expect(toOwnRules(undefined)).toEqual([])
  expect(toOwnRules({ 0: rule })).toEqual([])
})
