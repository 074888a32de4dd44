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
import { runProbe } from './run-probe.ts'
import type { Probe } from './world.ts'

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

Object.assign(globalThis, {
  probePage: { names: [...probes.keys()], run: (name: string) => runProbe(probes.get(name)) },
})
