/**
 * Puts text on the clipboard. DevTools panels are frames without the clipboard permission, where
 * `navigator.clipboard` refuses; the old command works in every click or key press.
 */
export async function copyText(text: string): Promise<boolean> {
  const give = (event: ClipboardEvent) => {
    event.preventDefault()
    event.stopImmediatePropagation()
    event.clipboardData?.setData('text/plain', text)
    given = event.clipboardData !== null
  }
  let given = false
  document.addEventListener('copy', give, { capture: true, once: true })
  try {
    document.execCommand?.('copy')
  } finally {
    document.removeEventListener('copy', give, { capture: true })
  }
  if (given) return true
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // Refused: the button says that nothing was copied.
    return false
  }
}
