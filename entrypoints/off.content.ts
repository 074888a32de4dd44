import { defineContentScript } from 'wxt/utils/define-content-script'
import { switchOff } from '../lib/switch-off.ts'

// Registered by the background for the sites where capture is switched off.
export default defineContentScript({
  registration: 'runtime',
  matches: ['<all_urls>'],
  main() {
    switchOff()
  },
})
