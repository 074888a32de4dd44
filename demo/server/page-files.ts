import { mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const PAGE = fileURLToPath(new URL('../page', import.meta.url))
const DIST = join(PAGE, 'dist')

/** The built pages, kept in memory by their path in the build ("index.html", "assets/index.js"). */
export class PageFiles {
  readonly #texts: ReadonlyMap<string, string>

  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts
  }

  get(name: string): string | undefined {
    return this.#texts.get(name)
  }
}

/** Loads the built pages, and builds them first where they are missing or older than their sources. */
export async function loadPageFiles(): Promise<PageFiles> {
  if (await isFresh()) return new PageFiles(await readAll(DIST))
  // Built beside and moved: several servers may start at the same time.
  const fresh = await mkdtemp(join(PAGE, 'dist.'))
  try {
    await buildPages(fresh)
    const files = new PageFiles(await readAll(fresh))
    if (!(await isFresh())) {
      await rm(DIST, { recursive: true, force: true })
      await rename(fresh, DIST)
    }
    return files
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}

async function buildPages(outDir: string): Promise<void> {
  const { build } = await import('vite')
  await build({
    configFile: false,
    root: PAGE,
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: true,
      sourcemap: true,
      target: 'esnext',
      modulePreload: false,
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: ['index.html', 'frames.html', 'frame.html'].map((name) => join(PAGE, name)),
      },
    },
  })
}

/** True if the build is younger than every source. */
async function isFresh(): Promise<boolean> {
  const built = await stat(join(DIST, 'index.html')).catch(() => null)
  if (built === null) return false
  const entries = await readdir(PAGE, { withFileTypes: true })
  const sources = await Promise.all(entries.filter((entry) => entry.isFile()).map(({ name }) => stat(join(PAGE, name))))
  return sources.every((source) => source.mtimeMs < built.mtimeMs)
}

async function readAll(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const texts = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => {
        const path = join(parentPath, name)
        return [relative(folder, path).replaceAll(sep, '/'), await readFile(path, 'utf8')] as const
      }),
  )
  return new Map(texts)
}
