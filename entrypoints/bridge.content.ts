import { browser } from 'wxt/browser'
import { defineContentScript } from 'wxt/utils/define-content-script'
import { toJournalBytes } from '../lib/bounds.ts'
import { startBridge } from '../lib/bridge.ts'

export default defineContentScript({
  matches: ['<all_urls>'],
  runAt: 'document_start',
  allFrames: true,
  matchAboutBlank: true,
  matchOriginAsFallback: true,
  main() {
    startBridge(browser, async () => {
      const { journalBytes } = await browser.storage.local.get('journalBytes')
      return journalBytes === undefined ? null : toJournalBytes(journalBytes)
    })
  },
})
