import { expect, test } from 'vitest'
import { CONNECTION_GRAMMAR, createConnectionTest } from '../../../lib/filter/connection-filter.ts'
import { parseFilter } from '../../../lib/filter/parse.ts'
import { head, open } from '../../helpers/stream-builders.ts'
import { connectionOf } from '../session/connection-of.ts'

const connection = connectionOf(open({ method: 'POST', url: 'https://api.test:8080/v1/Chat?stream=true' }), head())

test.each([
  ['', true],
  ['chat', true],
  ['post CHAT', true],
  ['post nothing', false],
  ['200', true],
  ['fetch', true],
  ['waiting', true],
  ['-chat', false],
  ['-xhr', true],
  ['chat -200', false],
  ['-', true],
  ['  chat  ', true],
  ['post200', false],
  ['/v1/chat', true],
  ['api.test:8080', true],
  ['/v\\d/', true],
  ['method:POST', true],
  ['method:=pos', false],
  ['status:>=400', false],
  ['-status:>=400', true],
  ['status:2xx', true],
  ['transport:fetch', true],
  ['transport:xhr', false],
  ['host:api.test', true],
  ['host:page.test', false],
  ['frame:page.test', true],
  ['state:waiting', true],
  ['ending:aborted', false],
  ['ending:timed-out', false],
  ['is:live', true],
  ['is:ended', false],
  ['events:0', true],
  ['duration:>1s', false],
  ['type:event-stream', true],
])('the filter %j says %s', (text, expected) => {
  const filter = parseFilter(text, CONNECTION_GRAMMAR)
  expect(filter.errors).toEqual([])
  expect(createConnectionTest(filter)(connection)).toBe(expected)
})
