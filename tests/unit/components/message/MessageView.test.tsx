import { act } from 'preact/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { anthropic, chatEvent, chatStream, DONE, usageEvent } from '../../turns/chat-streams.ts'
import { openPanel } from '../panel-fixture.tsx'

let copied = ''
beforeEach(() => {
  copied = ''
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: { writeText: async (text: string) => void (copied = text) },
  })
})

type Panel = ReturnType<typeof openPanel>
const tabs = (panel: Panel) => panel.all('[role=tab]').map((tab) => tab.firstChild?.textContent)
const chosenTab = (panel: Panel) => panel.one('[role=tab][aria-selected=true]').firstChild?.textContent
const figure = (panel: Panel, name: string) => panel.all(`[data-figure="${name}"] dd`)[0]?.textContent ?? null
const press = (panel: Panel, name: string) =>
  act(async () => {
    const button = panel.all('button').find(({ textContent, title }) => textContent === name || title === name)
    if (button === undefined) throw new Error(`There is no button ${name}`)
    button.click()
  })
const check = (panel: Panel, name: string) =>
  act(() =>
    panel
      .all('label.check')
      .find(({ textContent }) => textContent === name)
      ?.querySelector('input')
      ?.click(),
  )

/** A slow machine reads a stream in more than one slice. */
const settled = (panel: Panel) =>
  vi.waitFor(() => {
    const said = panel.all('.message-view .view-count').map(({ textContent }) => textContent)
    if (said.includes('Reading the events …')) throw new Error('still reading')
  })

async function stream(panel: Panel, c: number, path: string, ...texts: string[]): Promise<void> {
  await panel.stream(c, path, ...texts)
  await settled(panel)
}

/** Another chunk of connection 1, at a moment of its own. */
async function more(panel: Panel, text: string, atMs: number): Promise<void> {
  await panel.send({ k: 'chunk', c: 1, atMs, sizeBytes: text.length, text })
  await settled(panel)
}

test('a chat answer opens in the Message tab, and grows there', async () => {
  const panel = openPanel()
  await stream(panel, 1, '/chat', chatEvent({ role: 'assistant', content: 'Hel' }))
  expect(tabs(panel)[0]).toBe('Message')
  expect(chosenTab(panel)).toBe('Message')
  expect(panel.one('.turn-message header').textContent).toBe('assistant')
  expect(panel.one('.grown-text').textContent).toBe('Hel')
  await more(panel, chatEvent('lo'), 100)
  expect(panel.one('.grown-text').textContent).toBe('Hello')
  await more(panel, chatEvent('', 'length') + usageEvent(11, 7) + DONE, 200)
  await panel.end(1)
  await settled(panel)
  expect(panel.one('.finish').textContent).toBe('length')
  expect([figure(panel, 'Model'), figure(panel, 'Input tokens'), figure(panel, 'Output tokens')]).toEqual([
    'gpt-test',
    '11',
    '7',
  ])
  expect(panel.one('.format-why').textContent).not.toBe('')
})

test('streams that are no chat have no Message tab, and the tab that was chosen is kept', async () => {
  const panel = openPanel()
  await stream(panel, 1, '/numbers', 'data: {"n":1}\n\n')
  expect(tabs(panel)).not.toContain('Message')
  expect(chosenTab(panel)).toBe('Events')
  await stream(panel, 2, '/chat', chatEvent('Hi'))
  await panel.click('[data-connection="d/2"]')
  expect(chosenTab(panel)).toBe('Message')
  await panel.click('[role=tab][id$="-Raw"]')
  await panel.click('[data-connection="d/1"]')
  await panel.click('[data-connection="d/2"]')
  expect(chosenTab(panel)).toBe('Raw')
})

test('reasoning, tool calls with half their arguments, and results are told apart', async () => {
  const panel = openPanel()
  await stream(
    panel,
    1,
    '/chat',
    chatEvent({ role: 'assistant', reasoning_content: 'Look first' }),
    chatEvent({ tool_calls: [{ index: 0, id: 'c1', type: 'function', function: { name: 'look', arguments: '' } }] }),
    chatEvent({ tool_calls: [{ index: 0, function: { arguments: '{"where":"the gar' } }] }),
  )
  expect(panel.one('[data-kind=reasoning] .grown-text').textContent).toBe('Look first')
  expect(panel.one('[data-kind="tool call"] summary').textContent).toContain('Tool call look')
  expect(panel.one('.arguments').textContent).toBe('{\n  "where": "the gar"\n}')
  expect(panel.one('.part-bar').textContent).toContain('JSON so far')
  await press(panel, 'As it came')
  expect(panel.one('[data-kind="tool call"] .grown-text').textContent).toBe('{"where":"the gar')
})

test('choices stand side by side', async () => {
  const panel = openPanel()
  const both = chatEvent('A', null, 0) + chatEvent('B', null, 1)
  await stream(panel, 1, '/chat', both + both)
  expect(panel.all('.turn-choices .grown-text').map(({ textContent }) => textContent)).toEqual(['AA', 'BB'])
})

test('an error inside the stream and a turn that was broken off are said', async () => {
  const panel = openPanel()
  await stream(
    panel,
    1,
    '/chat',
    anthropic(
      {
        type: 'message_start',
        message: { id: 'm', type: 'message', role: 'assistant', model: 'c', content: [] },
      } as never,
      { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } } as never,
    ),
  )
  expect(panel.one('.turn-error').textContent).toBe('Error overloaded_error: Overloaded')
  await stream(panel, 2, '/cut', chatEvent('Half'))
  await panel.click('[data-connection="d/2"]')
  await panel.send({
    k: 'end',
    c: 2,
    atMs: 90,
    how: 'cancel',
    reason: null,
    by: 'reader.cancel()',
    stack: '',
    signal: null,
    readyState: -1,
  })
  expect(panel.one('.grown-text').textContent).toBe('Half')
  expect(panel.one('.turn-cut').textContent).toContain('Cut off here.')
})

test('the conversation that was sent is shown', async () => {
  const panel = openPanel()
  const text = JSON.stringify({ model: 'gpt-test', messages: [{ role: 'user', content: 'What is <b>it</b>?' }] })
  await stream(panel, 1, '/chat', chatEvent('Hi'))
  await panel.send({ k: 'body', c: 1, atMs: 50, body: { kind: 'text', text, sizeBytes: text.length, cut: false } })
  const sent = panel.one('.sent')
  expect(sent.textContent).toContain('Sent: 1 message What is <b>it</b>?')
  await act(() => {
    sent.setAttribute('open', '')
    sent.dispatchEvent(new Event('toggle'))
  })
  expect(panel.one('.sent article').textContent).toBe('userWhat is <b>it</b>?')
})

test('a turn is copied as text, as Markdown and as the final object', async () => {
  const panel = openPanel()
  await stream(panel, 1, '/chat', chatEvent({ role: 'assistant', content: '*Hi*' }) + chatEvent('', 'stop') + DONE)
  await panel.end(1)
  await settled(panel)
  await press(panel, 'Copy text')
  expect(copied).toBe('*Hi*')
  await press(panel, 'Copy Markdown')
  expect(copied).toBe('## assistant\n\n*Hi*\n\n_Finish reason: stop_')
  await press(panel, 'Copy JSON')
  expect(JSON.parse(copied)).toMatchObject({
    object: 'chat.completion',
    choices: [{ message: { role: 'assistant', content: '*Hi*' }, finish_reason: 'stop' }],
  })
})

test('another format can be chosen, or none, and the recognised one again', async () => {
  const panel = openPanel()
  await stream(panel, 1, '/chat', chatEvent('Hi'))
  const choose = (value: string) =>
    act(() => {
      const select = panel.one('select[aria-label="Chat format"]') as HTMLSelectElement
      select.value = value
      select.dispatchEvent(new Event('change', { bubbles: true }))
    })
  await choose('none')
  expect(panel.one('.message-view .hint').textContent).toContain('No chat format is chosen')
  await choose('ollama')
  expect(panel.one('.format-why').textContent).toBe('you chose it for this connection')
  await choose('')
  expect(panel.one('.grown-text').textContent).toBe('Hi')
})

test('time heat colours text by the wait before it', async () => {
  const panel = openPanel()
  await stream(panel, 1, '/chat', chatEvent('One '))
  await more(panel, chatEvent('two '), 60)
  await more(panel, chatEvent('three '), 700)
  await more(panel, chatEvent('four'), 4_000)
  await check(panel, 'Time heat')
  expect(panel.all('.grown-text [data-heat]').map((piece) => [piece.textContent, piece.dataset['heat']])).toEqual([
    ['three ', '3'],
    ['four', '5'],
  ])
  expect(panel.one('.grown-text').textContent).toBe('One two three four')
})

test('an event leads to the text it brought, and text leads back to its event', async () => {
  const panel = openPanel()
  await stream(panel, 1, '/chat', chatEvent('One ') + chatEvent('two ') + chatEvent('three'))
  await panel.click('[role=tab][id$="-Events"]')
  await panel.click('[data-entry="1"]')
  await press(panel, 'Show in Message')
  expect(chosenTab(panel)).toBe('Message')
  expect(panel.all('.marked-text').map(({ textContent }) => textContent)).toEqual(['two '])
  expect(panel.one('.selection-bar').textContent).toContain('Brought by event 2 ·')
  await press(panel, 'Show in Events')
  expect(chosenTab(panel)).toBe('Events')
  expect(panel.one('[data-entry][aria-selected=true]').dataset['entry']).toBe('1')
})

test('selected text names its events', async () => {
  const panel = openPanel()
  await stream(panel, 1, '/chat', chatEvent('One ') + chatEvent('two ') + chatEvent('three'))
  const text = panel.one('.grown-text [data-from]').firstChild
  if (text === null) throw new Error('no text')
  await act(() => {
    getSelection()?.setBaseAndExtent(text, 5, text, 10)
    document.dispatchEvent(new Event('pointerup'))
  })
  expect(panel.one('.selection-bar').textContent).toContain('Brought by events 2–3 ·')
  // It can still be copied.
  expect(getSelection()?.toString()).toBe('wo th')
})

test('the scrubber shows the message as it was, and goes back to all of it', async () => {
  const panel = openPanel()
  await stream(panel, 1, '/chat', chatEvent('One '))
  await more(panel, chatEvent('two '), 130)
  await more(panel, chatEvent('three', 'stop'), 230)
  const move = (ms: number) =>
    act(() => {
      const range = panel.one('.scrubber input[type=range]') as HTMLInputElement
      range.value = String(ms)
      range.dispatchEvent(new Event('input', { bubbles: true }))
    })
  await move(150)
  expect(panel.one('.grown-text').textContent).toBe('One two ')
  expect(panel.all('.finish')).toEqual([])
  await more(panel, chatEvent('!'), 330)
  expect(panel.one('.grown-text').textContent).toBe('One two ')
  await press(panel, 'Now')
  expect(panel.one('.grown-text').textContent).toBe('One two three!')
})

test('Markdown is rendered without a link, an image or HTML of its own', async () => {
  const panel = openPanel()
  const text =
    '# Top\n\n- **bold** [x](https://evil.test/)\n\n![p](https://evil.test/p.png)\n\n<img src=x onerror=alert(1)>\n'
  await stream(panel, 1, '/chat', chatEvent(text))
  await check(panel, 'Markdown')
  expect(panel.one('.markdown [role=heading]').textContent).toBe('Top')
  expect(panel.one('.markdown strong').textContent).toBe('bold')
  expect(panel.one('.markdown').textContent).toContain('<img src=x onerror=alert(1)>')
  expect(panel.all('.markdown :is(a, img, script, iframe, [src], [href])')).toEqual([])
  expect(panel.one('.markdown').textContent).toContain('[image: p, https://evil.test/p.png]')
})

test('a long answer is drawn in blocks, of which only the last changes', async () => {
  const panel = openPanel()
  await stream(panel, 1, '/chat', chatStream(8_000))
  expect(panel.one('.grown-text').textContent).toHaveLength(24_000)
  const before = panel.all('.grown-text [data-from]')
  expect(before.length).toBe(3)
  await more(panel, chatEvent('end'), 5_000)
  const after = panel.all('.grown-text [data-from]')
  expect(after.slice(0, 2)).toEqual(before.slice(0, 2))
  expect(panel.one('.grown-text').textContent.endsWith('end')).toBe(true)
  expect(panel.one('.grown-text').textContent).toHaveLength(24_003)
})

test('the message plays, and ends with all of it', async () => {
  const panel = openPanel()
  await stream(panel, 1, '/chat', chatEvent('One '))
  await more(panel, chatEvent('two', 'stop'), 130)
  await panel.end(1)
  await settled(panel)
  await press(panel, 'Play the message as it came')
  expect(panel.one('.grown-text').textContent).toBe('One ')
  await vi.waitFor(() => expect(panel.one('.grown-text').textContent).toBe('One two'))
  await vi.waitFor(() => expect(panel.one('.scrubber output').textContent).toBe('all of it'))
})

test('a rule is made by pointing at a text of an event, and then the stream is a message', async () => {
  const panel = openPanel()
  const event = (text: string) => `data: ${JSON.stringify({ out: { piece: text }, kind: 'piece' })}\n\n`
  await stream(panel, 1, '/mine', event('Hel') + event('lo'))
  expect(tabs(panel)).not.toContain('Message')
  await panel.click('[data-entry="0"]')
  await press(panel, 'Say where the text of a chat answer is in events like this one')
  const leaf = panel.all('.leaf').find(({ textContent }) => textContent.includes('Hel'))
  expect(leaf?.querySelector('code')?.textContent).toBe('$.out.piece')
  await act(() => leaf?.querySelector('input')?.dispatchEvent(new Event('change', { bubbles: true })) as never)
  await act(
    () =>
      panel.one('.rules-dialog form').dispatchEvent(new Event('submit', { cancelable: true, bubbles: true })) as never,
  )
  expect(tabs(panel)).toContain('Message')
  await panel.click('[role=tab][id$="-Message"]')
  expect(panel.one('.grown-text').textContent).toBe('Hello')
  expect(panel.one('.format-why').textContent).toContain('your rule My rule finds text at $.out.piece')
  // Whatever else asks the connection knows it as well.
  expect(panel.session.rows.map((row) => row.kind === 'connection' && row.connection.format?.name)).toEqual([
    'own:My rule',
  ])
})

test('rules are imported, refused where they are wrong, and copied again', async () => {
  const panel = openPanel()
  await stream(panel, 1, '/chat', chatEvent('Hi'))
  await press(panel, 'Rules of your own for formats')
  const paste = (text: string) =>
    act(() => {
      const area = panel.one('.rules-dialog textarea') as HTMLTextAreaElement
      area.value = text
      area.dispatchEvent(new Event('input', { bubbles: true }))
    })
  await paste('{}')
  await press(panel, 'Import these rules')
  expect(panel.one('.rules-dialog [role=alert]').textContent).toBe('The file has no rules of Streamscope')
  const rule = { name: 'Mine', url: '/nowhere', text: '$.text', reasoning: '', finish: '', done: '' }
  const file = JSON.stringify({ streamscopeRules: 1, rules: [rule] })
  await paste(file)
  await press(panel, 'Import these rules')
  expect(panel.one('.rules').textContent).toBe('Mine$.textRemove')
  await press(panel, 'Copy all as JSON')
  expect(JSON.parse(copied)).toEqual(JSON.parse(file))
})

test('of very many parts the last are drawn, and more when asked for', async () => {
  const panel = openPanel()
  const call = (id: number) =>
    chatEvent({
      tool_calls: [{ index: id, id: `c${id}`, type: 'function', function: { name: 'look', arguments: '{}' } }],
    })
  await stream(panel, 1, '/chat', Array.from({ length: 450 }, (_, id) => call(id)).join(''))
  await vi.waitFor(() => expect(panel.one('.turn-message').textContent).toContain('c449'))
  expect(panel.all('.turn-part').length).toBe(200)
  expect(panel.one('.turn-message').textContent).toContain('250 parts before these are not drawn.')
  await press(panel, 'Show 200 more')
  expect(panel.all('.turn-part').length).toBe(400)
})

test('an answer has a cost only once the user gave prices', async () => {
  const panel = openPanel()
  await stream(panel, 1, '/chat', chatEvent('Hi', 'stop') + usageEvent(1_000, 500) + DONE)
  expect(figure(panel, 'Cost')).toBeNull()
  const [input, output] = panel.all('.prices input') as HTMLInputElement[]
  if (input === undefined || output === undefined) throw new Error('no prices')
  input.value = '2'
  await act(() => input.dispatchEvent(new Event('input', { bubbles: true })) as never)
  expect(figure(panel, 'Cost')).toBeNull()
  output.value = '8'
  await act(() => output.dispatchEvent(new Event('input', { bubbles: true })) as never)
  expect(figure(panel, 'Cost')).toBe('0.006')
})

test('an event leads to its part even where that was not drawn, and from there back to the last ones', async () => {
  const panel = openPanel()
  const call = (id: number) =>
    chatEvent({
      tool_calls: [{ index: id, id: `c${id}`, type: 'function', function: { name: 'look', arguments: '{}' } }],
    })
  await stream(panel, 1, '/chat', Array.from({ length: 450 }, (_, id) => call(id)).join(''))
  await vi.waitFor(() => expect(panel.one('.turn-message').textContent).toContain('c449'))
  await panel.click('[role=tab][id$="-Events"]')
  await panel.key('.events', 'Home')
  await panel.click('[data-entry="0"]')
  await press(panel, 'Show in Message')
  await vi.waitFor(() => expect(panel.all('[data-part-box="0.0"]').length).toBe(1))
  expect(panel.all('.turn-part').length).toBe(200)
  expect(panel.one('.turn-message').textContent).toContain('250 parts after these are not drawn.')
  await press(panel, 'Unmark')
  expect(panel.all('[data-part-box="0.0"]').length).toBe(1)
  await press(panel, 'Show the last')
  expect(panel.one('.turn-message').textContent).toContain('c449')
})

test('a very long text has nothing of later moments when the scrubber goes back', async () => {
  const panel = openPanel()
  await stream(panel, 1, '/chat', chatEvent('a'.repeat(2_100_000)))
  await more(panel, chatEvent('b'.repeat(30_000)), 130)
  await more(panel, chatEvent('c', 'stop'), 230)
  const move = (ms: number) =>
    act(() => {
      const range = panel.one('.scrubber input[type=range]') as HTMLInputElement
      range.value = String(ms)
      range.dispatchEvent(new Event('input', { bubbles: true }))
    })
  /** All of the text, as Ctrl+A and Ctrl+C give it. */
  const copyAll = async () => {
    await act(
      () =>
        panel
          .one('.long-text .text-lines')
          .dispatchEvent(new KeyboardEvent('keydown', { key: 'a', ctrlKey: true, bubbles: true })) as never,
    )
    const clipboardData = new DataTransfer()
    panel
      .one('.long-text .text-lines')
      .dispatchEvent(Object.assign(new Event('copy', { bubbles: true, cancelable: true }), { clipboardData }))
    return clipboardData.getData('text/plain')
  }
  expect(await copyAll()).toHaveLength(2_130_001)
  await move(50)
  expect(await copyAll()).toBe('a'.repeat(2_100_000))
  await move(150)
  expect(await copyAll()).toBe('a'.repeat(2_100_000) + 'b'.repeat(30_000))
  await press(panel, 'Now')
  expect(await copyAll()).toHaveLength(2_130_001)
})

test('a value that is chosen in an event goes into a rule, also where the format is known, and more into the same rule', async () => {
  const panel = openPanel()
  await stream(panel, 1, '/chat', chatEvent('Hi'))
  expect(panel.one('.grown-text').textContent).toBe('Hi')
  await panel.click('[role=tab][id$="-Events"]')
  await panel.click('[data-entry="0"]')
  const use = async (name: string) => {
    const row = panel.all('.tree-row').find(({ textContent }) => textContent.includes(`${name}:`))
    await act(() => row?.click())
    await press(panel, 'Use in a rule …')
  }
  const field = (name: string) => (panel.one(`.rule-fields [name=${name}]`) as HTMLInputElement).value
  const save = () =>
    act(
      () =>
        panel
          .one('.rules-dialog form')
          .dispatchEvent(new Event('submit', { cancelable: true, bubbles: true })) as never,
    )
  await use('object')
  expect([field('name'), field('text'), field('reasoning')]).toEqual(['My rule', '$.object', ''])
  await save()
  await use('model')
  expect([field('text'), field('reasoning')]).toEqual(['$.object', '$.model'])
  await save()
  expect(panel.settings.values.ownRules.value.length).toBe(1)
  await panel.click('[role=tab][id$="-Message"]')
  expect(panel.all('.grown-text').map(({ textContent }) => textContent)).toEqual(['gpt-test', 'chat.completion.chunk'])
})
