import { render } from 'preact'
import { act } from 'preact/test-utils'
import { expect, test } from 'vitest'
import { ErrorBoundary } from '../../../../components/parts/ErrorBoundary.tsx'

test('an error in one view leaves the others, and can be tried again', async () => {
  let broken = true
  const View = () => {
    if (broken) throw new Error('no such thing')
    return <p>fine again</p>
  }
  const root = document.createElement('div')
  await act(() =>
    render(
      <>
        <ErrorBoundary what="The view">
          <View />
        </ErrorBoundary>
        <p>neighbour</p>
      </>,
      root,
    ),
  )
  expect(root.textContent).toContain('The view could not be shown.')
  expect(root.textContent).toContain('Error: no such thing')
  expect(root.textContent).toContain('neighbour')
  broken = false
  const again = [...root.querySelectorAll('button')].find((button) => button.textContent === 'Try again')
  await act(() => again?.click())
  expect(root.textContent).toBe('fine againneighbour')
})
