/** The page of the coexistence suite: probes are made of libraries and poisons, each put in place before or after a first use. */
import { brief, type Json } from '../conformance/page/facts.ts'
import { runProbe } from '../conformance/page/run-probe.ts'
import type { Probe } from '../conformance/page/world.ts'
import { useStreams } from './client.ts'
import { libraries, poisons, type Intruder } from './others.ts'

const probes = new Map<string, Probe>()
for (const [name, intrude] of Object.entries({ ...libraries, ...poisons })) {
  probes.set(`${name}, before`, async (world) => {
    const errors = watchErrors()
    const put = await putInPlace(intrude)
    return { put, first: await useStreams(world, 'first'), errors, counts: counts() }
  })
  probes.set(`${name}, after`, async (world) => {
    const errors = watchErrors()
    const before = await useStreams(world, 'first')
    const put = await putInPlace(intrude)
    return { before, put, after: await useStreams(world, 'second'), errors, counts: counts() }
  })
}

/** Putting it in place must end the same way as natively, too. */
async function putInPlace(intrude: Intruder): Promise<Json> {
  try {
    await intrude()
    return 'in place'
  } catch (error) {
    return brief(error)
  }
}

function watchErrors(): Json[] {
  const seen: Json[] = []
  window.onerror = (message) => void (seen[seen.length] = `error ${String(message)}`)
  window.onunhandledrejection = ({ reason }) => void (seen[seen.length] = `rejection ${String(reason)}`)
  return seen
}

/** How often page code that replaced built-ins was called: capture must not go through it. */
function counts(): Json {
  const { thenCalls = 0, listenCalls = [] } = window as { thenCalls?: number; listenCalls?: string[] }
  return { thenCalls, listenCalls }
}

Object.assign(globalThis, {
  probePage: { names: [...probes.keys()], run: (name: string) => runProbe(probes.get(name)) },
})
