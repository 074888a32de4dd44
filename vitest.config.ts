import { defineConfig } from 'vitest/config'

/** How long a test waits for what it polls: enough for a busy machine; what comes sooner is seen sooner. */
const POLL = { timeout: 20_000 }

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          exclude: ['tests/unit/components/**'],
        },
      },
      {
        // Making a document takes longer than most tests: only for those that need one.
        test: {
          name: 'dom',
          environment: 'happy-dom',
          include: ['tests/unit/components/**/*.test.{ts,tsx}'],
        },
      },
      {
        // Capture in real Chromium, with the built extension: `npm run build`.
        test: {
          name: 'browser',
          expect: { poll: POLL },
          include: ['tests/browser/**/*.test.ts'],
          maxWorkers: 1,
          testTimeout: 60_000,
          hookTimeout: 90_000,
        },
      },
      {
        // Needs the built extension: `npm run build`.
        test: {
          name: 'e2e',
          expect: { poll: POLL },
          include: ['tests/e2e/**/*.test.ts'],
          exclude: ['tests/e2e/firefox*.test.ts'],
          // One browser at a time; starting one on a busy machine takes some seconds.
          maxWorkers: 1,
          testTimeout: 90_000,
          hookTimeout: 90_000,
        },
      },
      {
        test: {
          name: 'firefox',
          expect: { poll: POLL },
          include: ['tests/e2e/firefox*.test.ts'],
          maxWorkers: 1,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
