/** The probes' page. The runner calls `probePage.run(name)` once per document. */
import * as argumentsOf from '../probes/arguments.ts'
import * as ending from '../probes/ending.ts'
import * as eventsource from '../probes/eventsource.ts'
import * as identity from '../probes/identity.ts'
import * as language from '../probes/language.ts'
import * as order from '../probes/order.ts'
import * as resources from '../probes/resources.ts'
import * as response from '../probes/response.ts'
import * as streams from '../probes/streams.ts'
import * as xhr from '../probes/xhr.ts'
import { brief, type Json } from './facts.ts'
import { createWorld, type Figures, type Probe } from './world.ts'

const sections: Readonly<Record<string, Readonly<Record<string, Probe>>>> = {
  identity,
  language,
  arguments: argumentsOf,
  order,
  response,
  streams,
  ending,
  eventsource,
  xhr,
  resources,
}

const probes = new Map<string, Probe>()
for (const [section, members] of Object.entries(sections)) {
  for (const [name, probe] of Object.entries(members)) probes.set(`${section}/${name}`, probe)
}

/** What one probe gave in one run. */
export interface Findings extends Figures {
  readonly facts: Json
}

async function run(name: string): Promise<Findings> {
  const query = new URLSearchParams(location.search)
  const probe = probes.get(name)
  if (probe === undefined) throw new Error(`No probe is called ${name}`)
  const figures: Figures = { reported: {}, bounded: {} }
  const world = createWorld(query.get('id') ?? '', query.get('other') ?? '', figures)
  const tooLate = new Promise<Json>((resolve) => setTimeout(resolve, 25_000, 'did not finish within 25 s'))
  let facts: Json
  // A task of its own: no frames of the browser's driver on the stack.
  await new Promise((resolve) => setTimeout(resolve))
  try {
    facts = await Promise.race([Promise.resolve(probe(world)), tooLate])
  } catch (error) {
    facts = { 'the probe itself failed': brief(error) }
  }
  return { facts, ...figures }
}

Object.assign(globalThis, { probePage: { names: [...probes.keys()], run } })
