/** Bundles a page's script with Vite, unminified, so that names in stacks are those of the source. */
import { build } from 'vite'

/** One classic script that runs before the rest of the page. */
export async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: false,
      target: 'esnext',
      lib: { entry, formats: ['iife'], name: 'page', fileName: 'page' },
    },
  })
  const outputs = [built].flat()
  for (const output of outputs) {
    if (!('output' in output)) continue
    for (const part of output.output) if (part.type === 'chunk') return part.code
  }
  throw new Error(`Vite made no script of ${entry}`)
}
