import { startChat } from './chat.ts'
import { FAULT_GROUPS, faultUrl, type FaultRun } from './fault-runs.ts'
import { outputOf } from './output.ts'
import { RUN_GROUPS, type Run } from './runs.ts'
import { urlOf } from './urls.ts'

function card({ id, title, about }: Run | FaultRun): HTMLElement {
  const article = document.createElement('article')
  const head = document.createElement('div')
  const button = document.createElement('button')
  button.id = id
  button.textContent = title
  const note = document.createElement('span')
  note.textContent = about
  head.append(button, note)
  const output = document.createElement('output')
  output.dataset['for'] = id
  article.append(head, output)
  return article
}

function wire({ id, read }: Run | FaultRun, toUrl: () => string): void {
  const button = document.getElementById(id)
  if (!(button instanceof HTMLButtonElement)) throw new Error(`The page has no button "${id}"`)
  const output = outputOf(id)
  button.addEventListener('click', async () => {
    button.disabled = true
    await output.follow((write) => read(toUrl(), write))
    button.disabled = false
  })
}

function addGroup(parent: HTMLElement, title: string, runs: readonly (Run | FaultRun)[]): void {
  const heading = document.createElement('h2')
  heading.textContent = title
  const grid = document.createElement('div')
  grid.className = 'grid'
  grid.append(...runs.map(card))
  parent.append(heading, grid)
}

function section(id: string): HTMLElement {
  const element = document.getElementById(id)
  if (element === null) throw new Error(`The page has no section "${id}"`)
  return element
}

const RUNS = section('runs')
for (const { title, runs } of RUN_GROUPS) {
  addGroup(RUNS, title, runs)
  for (const run of runs) wire(run, () => urlOf(run.route))
}
const FAULTS = section('faults')
for (const { title, runs } of FAULT_GROUPS) {
  addGroup(FAULTS, title, runs)
  for (const run of runs) wire(run, () => faultUrl(run))
}
startChat()
