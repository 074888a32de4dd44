import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { builtExtension } from '../helpers/extension.ts'

/** What every page of every site pays for, whether DevTools is open or not. */
const PAGE_SCRIPT_LIMIT_BYTES = 38_400

function manifestOf(browser: 'chrome' | 'edge' | 'firefox'): unknown {
  return JSON.parse(readFileSync(join(builtExtension(browser), 'manifest.json'), 'utf8'))
}

test('the script that runs in every page stays small', () => {
  const { size } = statSync(join(builtExtension('chrome'), 'content-scripts', 'page.js'))
  expect(size).toBeLessThanOrEqual(PAGE_SCRIPT_LIMIT_BYTES)
})

test('scripts in pages are strict: a sloppy function could be got at by `caller`', () => {
  for (const browser of ['chrome', 'firefox'] as const)
    for (const script of ['page', 'bridge', 'off']) {
      const code = readFileSync(join(builtExtension(browser), 'content-scripts', `${script}.js`), 'utf8')
      // Inside of the function: outside, its name would be the page's.
      expect([browser, script, code.slice(0, 60)]).toEqual([
        browser,
        script,
        expect.stringMatching(/^\(?function\(\)\{"use strict";/),
      ])
    }
})

test('Edge gets what Chrome gets', () => {
  expect(manifestOf('edge')).toEqual(manifestOf('chrome'))
})

test("Chrome's manifest", () => {
  expect(manifestOf('chrome')).toMatchInlineSnapshot(`
    {
      "background": {
        "service_worker": "background.js",
      },
      "content_scripts": [
        {
          "all_frames": true,
          "js": [
            "content-scripts/bridge.js",
          ],
          "match_about_blank": true,
          "match_origin_as_fallback": true,
          "matches": [
            "<all_urls>",
          ],
          "run_at": "document_start",
        },
        {
          "all_frames": true,
          "js": [
            "content-scripts/page.js",
          ],
          "match_about_blank": true,
          "match_origin_as_fallback": true,
          "matches": [
            "<all_urls>",
          ],
          "run_at": "document_start",
          "world": "MAIN",
        },
      ],
      "default_locale": "en",
      "description": "__MSG_description__",
      "devtools_page": "devtools.html",
      "host_permissions": [
        "<all_urls>",
      ],
      "icons": {
        "128": "icon/128.png",
        "16": "icon/16.png",
        "32": "icon/32.png",
        "48": "icon/48.png",
      },
      "key": "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAqoAjFvNZ7dtvkaFsdxdsHyIP1oRmbfTIeKPtwBoNqrbVNCcw+IRDx3JyfEHxdfUMZBohFXzxULHWxCaapb/ScS0uQDguitH/fq1OFNYuXqPJJGxcp+YBBfRlVDjlgYZoDC1mQpvSRlY2vcwncXhrZG0L1t2X7Fz6Rcq32yXPR49TOz76El6FO9aOUAX+Wlo3SIwe0gxxTU8dl0n+kFv6SV1HnZbfapDYahVIMtsPGZNqdi9bL7KKf6Pc9+/sZk69nY5H0JpLLUWtG1Zf1Usd732yOuENaMO7sv6ms35tY7n0ZhlsZDTkHysPR5wrblLtLw57x87gooxuZUUDjdasowIDAQAB",
      "manifest_version": 3,
      "message_serialization": "structured_clone",
      "name": "Streamscope",
      "permissions": [
        "webNavigation",
        "scripting",
        "storage",
        "declarativeNetRequestWithHostAccess",
      ],
      "version": "0.1.0",
    }
  `)
})

test("Firefox's manifest", () => {
  expect(manifestOf('firefox')).toMatchInlineSnapshot(`
    {
      "background": {
        "persistent": true,
        "scripts": [
          "background.js",
        ],
      },
      "browser_specific_settings": {
        "gecko": {
          "data_collection_permissions": {
            "required": [
              "none",
            ],
          },
          "id": "streamscope@streamscope.dev",
          "strict_min_version": "140.0",
        },
        "gecko_android": {
          "strict_min_version": "142.0",
        },
      },
      "content_scripts": [
        {
          "all_frames": true,
          "js": [
            "content-scripts/bridge.js",
          ],
          "match_about_blank": true,
          "match_origin_as_fallback": true,
          "matches": [
            "<all_urls>",
          ],
          "run_at": "document_start",
        },
        {
          "all_frames": true,
          "js": [
            "content-scripts/page.js",
          ],
          "match_about_blank": true,
          "match_origin_as_fallback": true,
          "matches": [
            "<all_urls>",
          ],
          "run_at": "document_start",
          "world": "MAIN",
        },
      ],
      "default_locale": "en",
      "description": "__MSG_description__",
      "devtools_page": "devtools.html",
      "icons": {
        "128": "icon/128.png",
        "16": "icon/16.png",
        "32": "icon/32.png",
        "48": "icon/48.png",
      },
      "manifest_version": 2,
      "name": "Streamscope",
      "permissions": [
        "webNavigation",
        "scripting",
        "storage",
        "webRequest",
        "webRequestBlocking",
        "<all_urls>",
      ],
      "version": "0.1.0",
    }
  `)
})
