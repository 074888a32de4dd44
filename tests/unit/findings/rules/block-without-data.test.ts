import { expect, test } from 'vitest'
import { events, fetched, found, only, placesOf } from '../streams.ts'

const RULE = 'block-without-data'
const stream = (text: string) => fetched({ chunks: [[100, text]] })

test('a block with a type and no data is found where it stands', () => {
  const finding = only(RULE, stream(`${events(2)}event: done\n\nevent: done\nid: 4\n\n`))
  expect(finding.severity).toBe('warning')
  expect(finding.sentence).toContain('2 blocks have an event type but no `data` field')
  expect(finding.evidence[0]?.text).toBe("'event: done'")
  expect(placesOf(finding)).toEqual([
    { at: 'event', index: 2 },
    { at: 'event', index: 3 },
  ])
})

test('a heartbeat without data is a hint only', () => {
  expect(only(RULE, stream(`${events(2)}event: ping\n\n`)).severity).toBe('hint')
})

test('empty data, a lone id, comments and retry say nothing', () => {
  expect(found(RULE, stream('event: ping\ndata\n\nid: 3\n\n: hi\n\nretry: 10\n\ndata:\n\n'))).toEqual([])
})
