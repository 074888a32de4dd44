import { defineContentScript } from 'wxt/utils/define-content-script'
import { install } from '../lib/capture/install.ts'

export default defineContentScript({
  matches: ['<all_urls>'],
  world: 'MAIN',
  runAt: 'document_start',
  allFrames: true,
  matchAboutBlank: true,
  matchOriginAsFallback: true,
  main() {
    install()
  },
})
