import { browser } from 'wxt/browser'
import { defineContentScript } from 'wxt/utils/define-content-script'
import { toJournalBytes } from '../lib/bounds.ts'
import { startBridge } from '../lib/bridge.ts'
import { familySecret } from '../lib/family.ts'

export default defineContentScript({
  matches: ['<all_urls>'],
  runAt: 'document_start',
  allFrames: true,
  matchAboutBlank: true,
  matchOriginAsFallback: true,
  main() {
    startBridge(browser, familySecret(browser.runtime), async () => {
      const { journalBytes } = await browser.storage.local.get('journalBytes')
      return journalBytes === undefined ? null : toJournalBytes(journalBytes)
    })
  },
})
