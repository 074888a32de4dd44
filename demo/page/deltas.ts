/** Takes the text of a chat completion stream piece by piece, wherever it is cut, and gives out each delta's content. */
export function createDeltaReader(onDelta: (delta: string) => void): (text: string) => void {
  let rest = ''
  return (text) => {
    const blocks = (rest + text).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const data = block.startsWith('data: ') ? block.slice('data: '.length) : ''
      if (data === '' || data === '[DONE]') continue
      const chunk = JSON.parse(data) as { choices?: { delta?: { content?: string } }[] }
      const delta = chunk.choices?.[0]?.delta?.content
      if (delta !== undefined && delta !== '') onDelta(delta)
    }
  }
}
