import { expect, test } from 'vitest'
import { matches } from '../../../lib/session/filter.ts'
import { connectionOf } from './connection-of.ts'
import { head, open } from '../../helpers/stream-builders.ts'

const connection = connectionOf(open({ method: 'POST', url: 'https://api.test/v1/Chat?stream=true' }), head())

test.each([
  ['', true],
  ['chat', true],
  ['POST', true],
  ['post CHAT', true],
  ['post nothing', false],
  ['200', true],
  ['fetch', true],
  ['waiting', true],
  ['-chat', false],
  ['-xhr', true],
  ['chat -get', true],
  ['chat -200', false],
  ['-', true],
  ['  chat  ', true],
  ['post200', false],
])('the filter %j says %s', (text, expected) => {
  expect(matches(connection, text)).toBe(expected)
})
