import { expect, test } from 'vitest'
import { fetched, found, only, placesOf } from '../streams.ts'

const RULE = 'bad-retry'
const stream = (text: string) => fetched({ chunks: [[100, text]] })

test('a retry that is no whole number is found', () => {
  for (const value of ['3s', '1.5', '-1', '', '１２']) {
    const finding = only(RULE, stream(`data: a\n\nretry: ${value}\n\n`))
    expect(finding.sentence).toContain('no whole number of milliseconds')
    expect(placesOf(finding)).toEqual([{ at: 'event', index: 1 }])
  }
})

test('digits say nothing', () => {
  expect(found(RULE, stream('retry: 3000\n\nretry:0\n\ndata: a\n\n'))).toEqual([])
})
