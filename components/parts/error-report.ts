import packageJson from '../../package.json' with { type: 'json' }

/** What those who mend it need to know: which view, which version, which browser, and the error with its stack. */
export function toErrorReport(what: string, error: unknown): string {
  return [
    `${what} could not be shown.`,
    `Streamscope ${packageJson.version}`,
    navigator.userAgent,
    '',
    error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ''}` : String(error),
  ].join('\n')
}
