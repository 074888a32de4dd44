/** What is left in English of an interface that speaks Chinese. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FORMATS } from '../../../lib/formats/formats.ts'

const folder = join(import.meta.dirname, '../../../lib/i18n/zh-CN')
const translated = new Map(
  readdirSync(folder).flatMap((name) =>
    Object.entries(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, string>),
  ),
)
/** Products, whose names are the same everywhere. */
const names: ReadonlySet<string> = new Set(FORMATS.map(({ label }) => label))

/** Texts under `root` that a person sees or hears and that are English; code and data in blocks of code aside. */
export function englishLeft(root: Element): readonly string[] {
  return [...new Set(textsOf(root).filter((text) => isEnglish(text.trim())))]
}

function textsOf(root: Element): readonly string[] {
  const spoken = ['title', 'aria-label', 'aria-description', 'placeholder'] as const
  const own = spoken.flatMap((name) => root.getAttribute(name) ?? [])
  const inside = [...root.childNodes].flatMap((node) => {
    if (node instanceof Text) return [node.data]
    return node instanceof Element && !/^(CODE|KBD|PRE)$/.test(node.tagName) ? textsOf(node) : []
  })
  return [...own, ...inside]
}

/** Two English words in a row and nothing Chinese around them, or one that there is a Chinese word for. */
function isEnglish(text: string): boolean {
  if ((translated.get(text) ?? text) !== text) return true
  return !names.has(text) && /[A-Za-z]{2,} [a-z]{2,}/.test(text) && !/\p{Script=Han}/u.test(text)
}
