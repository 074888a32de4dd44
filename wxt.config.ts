import { defineConfig } from 'wxt'
import type { Plugin } from 'vite'

// Gives the Chromium builds the same extension id everywhere: blofjambbcofcgekngohndaheehbndaj.
const CHROMIUM_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAqoAjFvNZ7dtvkaFsdxdsHyIP1oRmbfTIeKPtwBoNqrbVNCcw+IRDx3JyfEHxdfUMZBohFXzxULHWxCaapb/ScS0uQDguitH/fq1OFNYuXqPJJGxcp+YBBfRlVDjlgYZoDC1mQpvSRlY2vcwncXhrZG0L1t2X7Fz6Rcq32yXPR49TOz76El6FO9aOUAX+Wlo3SIwe0gxxTU8dl0n+kFv6SV1HnZbfapDYahVIMtsPGZNqdi9bL7KKf6Pc9+/sZk69nY5H0JpLLUWtG1Zf1Usd732yOuENaMO7sv6ms35tY7n0ZhlsZDTkHysPR5wrblLtLw57x87gooxuZUUDjdasowIDAQAB'

/**
 * Preact can set markup as text of a page (`dangerouslySetInnerHTML`). Nothing here may do that, whatever a page sends, and the
 * stores' reviewers ask about every place that could: so the builds set text there.
 */
const withoutInnerHtml: Plugin = {
  name: 'streamscope:without-inner-html',
  transform(code, id) {
    if (!/[\\/]preact[\\/]dist[\\/]/.test(id)) return null
    return { code: code.replace(/(\w+)\.innerHTML=(\w+)\.__html/g, '$1.textContent=$2.__html'), map: null }
  },
}

/**
 * WXT gives each content script a context that tells older ones of its kind to stop, by a message to the page's window with
 * the extension's id in it. No page may hear of us, and no script of ours uses a context: so there is none.
 */
const withoutScriptContext: Plugin = {
  name: 'streamscope:without-script-context',
  enforce: 'pre',
  load: (id) =>
    /wxt[\\/]dist[\\/]utils[\\/]content-script-context\.mjs$/.test(id) ? 'export class ContentScriptContext {}' : null,
}

export default defineConfig({
  imports: false,
  modules: ['@wxt-dev/i18n/module'],
  vite: () => ({
    plugins: [withoutInnerHtml, withoutScriptContext],
    // A sloppy function can be got at by `caller` from one of the page's that it calls. Inside the script's function: before
    // it, WXT would no longer take its name away, and every page would have a global of ours.
    build: { rolldownOptions: { output: { intro: '"use strict";' } } },
  }),
  manifest: ({ browser }) => ({
    name: 'Streamscope',
    default_locale: 'en',
    description: '__MSG_description__',
    permissions: [
      'webNavigation',
      'scripting',
      'storage',
      // Headers of replays.
      ...(browser === 'firefox' ? ['webRequest', 'webRequestBlocking'] : ['declarativeNetRequestWithHostAccess']),
    ],
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'streamscope@streamscope.dev',
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['none'] },
            },
            gecko_android: { strict_min_version: '142.0' },
          },
        }
      : {
          key: CHROMIUM_KEY,
          // Batches are long strings: from Chromium 148 on they cross as they are, without being quoted as JSON first.
          message_serialization: 'structured_clone',
        }),
  }),
})
