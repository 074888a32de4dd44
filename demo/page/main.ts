import { startChat } from './chat.ts'
import { outputOf } from './output.ts'
import { RUN_GROUPS, type Run } from './runs.ts'
import { urlOf } from './urls.ts'

function card({ id, title, about }: Run): HTMLElement {
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

function wire({ id, route, read }: Run): void {
  const button = document.getElementById(id)
  if (!(button instanceof HTMLButtonElement)) throw new Error(`The page has no button "${id}"`)
  const output = outputOf(id)
  button.addEventListener('click', async () => {
    button.disabled = true
    await output.follow((write) => read(urlOf(route), write))
    button.disabled = false
  })
}

const section = document.getElementById('runs')
for (const { title, runs } of RUN_GROUPS) {
  const heading = document.createElement('h2')
  heading.textContent = title
  const grid = document.createElement('div')
  grid.className = 'grid'
  grid.append(...runs.map(card))
  section?.append(heading, grid)
  runs.forEach(wire)
}
startChat()
