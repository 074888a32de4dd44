/** One real Chromium with the built extension for a test file, and the records of a page in it. */
import { afterAll, beforeAll } from 'vitest'
import type { Page } from 'playwright-core'
import type { ChunkRecord, StreamRecord } from '../../lib/protocol.ts'
import { launchChromium, type Chromium } from '../helpers/chromium.ts'
import { builtExtension } from '../helpers/extension.ts'
import { readRecords, type RecordReader } from '../helpers/records.ts'
import { startStreamServer, type Answer, type StreamServer } from '../helpers/stream-server.ts'

export interface Bench {
  readonly server: StreamServer
  readonly chromium: Chromium
  readonly page: Page
  readonly records: RecordReader
}

/** Starts all of it before the tests of a file and ends it after. `bench()` is for use inside tests. */
export function useBench(answers: Record<string, Answer>): () => Bench {
  let bench: Bench | null = null
  beforeAll(async () => {
    const server = await startStreamServer(answers)
    const chromium = await launchChromium({ extension: builtExtension('chrome') })
    const page = await chromium.newPage(server.url)
    bench = { server, chromium, page, records: await readRecords(chromium.context, chromium.extensionId, page) }
  })
  afterAll(async () => {
    await bench?.chromium.close()
    await bench?.server.close()
  })
  return () => {
    if (!bench) throw new Error('used before the tests started')
    return bench
  }
}

export const kinds = (records: readonly StreamRecord[]): string[] => records.map(({ k }) => k)
export const only = <K extends StreamRecord['k']>(
  records: readonly StreamRecord[],
  k: K,
): Extract<StreamRecord, { k: K }>[] =>
  records.filter((record): record is Extract<StreamRecord, { k: K }> => record.k === k)
export const text = (records: readonly StreamRecord[]): string =>
  only(records, 'chunk')
    .map((chunk: ChunkRecord) => chunk.text)
    .join('')
export const first = <K extends StreamRecord['k']>(
  records: readonly StreamRecord[],
  k: K,
): Extract<StreamRecord, { k: K }> => {
  const [found] = only(records, k)
  if (!found) throw new Error(`no ${k} record among ${kinds(records).join(' ')}`)
  return found
}
