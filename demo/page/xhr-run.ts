import type { Write } from './output.ts'

export function readByXhr(url: string, write: Write): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    let seen = 0
    const writeNew = () => {
      write(request.responseText.slice(seen))
      seen = request.responseText.length
    }
    request.open('GET', url)
    request.setRequestHeader('Accept', 'text/event-stream')
    request.onprogress = writeNew
    request.onload = () => {
      writeNew()
      resolve()
    }
    request.onerror = () => reject(new Error('The request failed'))
    request.send()
  })
}
